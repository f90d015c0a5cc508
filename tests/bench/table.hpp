#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/measure.hpp"

namespace bench {

// What a row has to show, where the design says so.
struct Goal {
    enum class Of {
        wall_to_bare,     // at most `limit` times the bare driver
        wall_to_compose,  // at most `limit` times docker compose
        wall_ms,
        cpu_ms,
        peak_mb,
    };
    Of of = Of::wall_ms;
    double limit = 0;
};

struct Row {
    std::string title;
    std::vector<Cost> pivot;
    std::vector<Cost> bare;     // empty: none
    std::vector<Cost> compose;  // empty: none
    std::vector<Goal> goals;
    std::string skipped;  // why there are no numbers; empty: there are
};

struct Versions {
    std::string pivot;
    std::string engine;
    std::string compose;  // empty: none
    std::string kernel;
    int cores = 0;
};

[[nodiscard]] std::string to_text(const Versions& versions, const std::vector<Row>& rows);
[[nodiscard]] std::string to_markdown(const Versions& versions, const std::vector<Row>& rows);
[[nodiscard]] nlohmann::ordered_json to_json(const Versions& versions, const std::vector<Row>& rows,
                                             int runs);

}  // namespace bench
