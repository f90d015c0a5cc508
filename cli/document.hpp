#pragma once

#include <string>

#include <tl/expected.hpp>

#include "appliance/read.hpp"
#include "diagnostics/source.hpp"
#include "present/message.hpp"
#include "present/problem.hpp"

namespace cli {

// The text of a document; `-` is standard input. The error says what is wrong with the file, not
// with its text.
[[nodiscard]] tl::expected<diagnostics::Source, present::Message> load(const std::string& file);

[[nodiscard]] present::Problem unreadable(const present::Message& why, const std::string& file);

}  // namespace cli
