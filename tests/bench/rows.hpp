#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/setting.hpp"
#include "bench/table.hpp"

namespace bench {

// A row that is still to be measured.
struct Task {
    std::string title;
    std::function<void(const Setting&, Row&)> measure;  // throws Failed
};

[[nodiscard]] std::vector<Task> tasks();

}  // namespace bench
