#include "bench/table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bench {
namespace {

using Cells = std::vector<std::string>;

constexpr const char* dash = "-";

struct Verdict {
    std::string text;
    double value = 0;
    bool reached = false;
};

std::optional<Verdict> judge(const Goal& goal, const Row& row) {
    const auto verdict = [&](double value, std::string text) {
        return Verdict{std::move(text), value, value <= goal.limit};
    };
    switch (goal.of) {
        case Goal::Of::wall_to_bare:
            if (row.bare.empty()) {
                return std::nullopt;
            }
            return verdict(median_ratio(row.pivot, row.bare, &Cost::wall_ms),
                           fmt::format("{} x bare", goal.limit));
        case Goal::Of::wall_to_compose:
            if (row.compose.empty()) {
                return std::nullopt;
            }
            return verdict(median_ratio(row.pivot, row.compose, &Cost::wall_ms),
                           fmt::format("{} x compose", goal.limit));
        case Goal::Of::wall_ms:
            return verdict(median(row.pivot, &Cost::wall_ms), fmt::format("{} ms", goal.limit));
        case Goal::Of::cpu_ms:
            return verdict(median(row.pivot, &Cost::cpu_ms), fmt::format("{} ms CPU", goal.limit));
        case Goal::Of::peak_mb:
            return verdict(median(row.pivot, &Cost::peak_mb), fmt::format("{} MB", goal.limit));
    }
    return std::nullopt;
}

std::string number(double value) {
    return value < 100 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

std::string goals_text(const Row& row) {
    std::string text;
    for (const Goal& goal : row.goals) {
        if (const auto verdict = judge(goal, row)) {
            text += fmt::format("{}{}{}", text.empty() ? "" : ", ",
                                verdict->reached ? "" : "MISSED: ", verdict->text);
        }
    }
    return text.empty() ? dash : text;
}

const Cells headings = {"work",       "pivot ms", "CPU ms", "MB", "bare ms",      "x",
                        "compose ms", "CPU ms",   "MB",     "x",  "goal: at most"};

Cells cells(const Row& row) {
    if (!row.skipped.empty()) {
        return {row.title,
                dash,
                dash,
                dash,
                dash,
                dash,
                dash,
                dash,
                dash,
                dash,
                "skipped: " + row.skipped};
    }
    const auto of = [](const std::vector<Cost>& costs, double Cost::*part) {
        return costs.empty() ? std::string(dash) : number(median(costs, part));
    };
    const auto ratio = [](const std::vector<Cost>& a, const std::vector<Cost>& b) {
        return a.empty() || b.empty() ? std::string(dash)
                                      : fmt::format("{:.2f}", median_ratio(a, b, &Cost::wall_ms));
    };
    return {row.title,
            of(row.pivot, &Cost::wall_ms),
            of(row.pivot, &Cost::cpu_ms),
            of(row.pivot, &Cost::peak_mb),
            of(row.bare, &Cost::wall_ms),
            ratio(row.pivot, row.bare),
            of(row.compose, &Cost::wall_ms),
            of(row.compose, &Cost::cpu_ms),
            of(row.compose, &Cost::peak_mb),
            ratio(row.compose, row.pivot),
            goals_text(row)};
}

std::string versions_text(const Versions& versions) {
    return fmt::format(
        "pivot {}, Docker Engine {}, {}, Linux {}, {} cores", versions.pivot, versions.engine,
        versions.compose.empty() ? "no docker compose" : "docker compose " + versions.compose,
        versions.kernel, versions.cores);
}

constexpr const char* legend =
    "Medians. bare: the same engine calls from the smallest program that can make them, and how "
    "many\n"
    "times its time pivot takes. compose: `docker compose`, and how many times pivot's time it "
    "takes.\n";

nlohmann::ordered_json to_json(const std::vector<Cost>& costs) {
    if (costs.empty()) {
        return nullptr;
    }
    nlohmann::ordered_json json = {{"wall_ms", median(costs, &Cost::wall_ms)},
                                   {"cpu_ms", median(costs, &Cost::cpu_ms)},
                                   {"peak_mb", median(costs, &Cost::peak_mb)}};
    for (const Cost& cost : costs) {
        json["runs"].push_back(
            {{"wall_ms", cost.wall_ms}, {"cpu_ms", cost.cpu_ms}, {"peak_mb", cost.peak_mb}});
    }
    return json;
}

}  // namespace

std::string to_text(const Versions& versions, const std::vector<Row>& rows) {
    std::vector<Cells> lines = {headings};
    for (const Row& row : rows) {
        lines.push_back(cells(row));
    }
    std::vector<std::size_t> widths(headings.size());
    for (const Cells& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], line[i].size());
        }
    }
    std::string text = versions_text(versions) + "\n" + legend + "\n";
    for (const Cells& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool to_the_left = i == 0 || i + 1 == line.size();
            text += to_the_left ? fmt::format("{:<{}}", line[i], i == 0 ? widths[i] : 0)
                                : fmt::format("  {:>{}}", line[i], widths[i]);
            text += i + 2 == line.size() ? "  " : "";
        }
        text += '\n';
    }
    return text;
}

std::string to_markdown(const Versions& versions, const std::vector<Row>& rows) {
    std::string text = versions_text(versions) + ".\n" + legend + "\n";
    const auto add = [&text](const Cells& line) {
        for (const std::string& cell : line) {
            text += "| " + cell + " ";
        }
        text += "|\n";
    };
    add(headings);
    text += "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n";
    for (const Row& row : rows) {
        add(cells(row));
    }
    return text;
}

nlohmann::ordered_json to_json(const Versions& versions, const std::vector<Row>& rows, int runs) {
    nlohmann::ordered_json json = {{"pivot", versions.pivot},
                                   {"engine", versions.engine},
                                   {"compose", nullptr},
                                   {"kernel", versions.kernel},
                                   {"cores", versions.cores},
                                   {"runs", runs},
                                   {"rows", nlohmann::ordered_json::array()}};
    if (!versions.compose.empty()) {
        json["compose"] = versions.compose;
    }
    for (const Row& row : rows) {
        nlohmann::ordered_json entry = {{"work", row.title}};
        if (!row.skipped.empty()) {
            entry["skipped"] = row.skipped;
        } else {
            entry["pivot"] = to_json(row.pivot);
            entry["bare"] = to_json(row.bare);
            entry["compose"] = to_json(row.compose);
            if (!row.bare.empty()) {
                entry["pivot_to_bare"] = median_ratio(row.pivot, row.bare, &Cost::wall_ms);
            }
            if (!row.compose.empty()) {
                entry["compose_to_pivot"] = median_ratio(row.compose, row.pivot, &Cost::wall_ms);
            }
            for (const Goal& goal : row.goals) {
                if (const auto verdict = judge(goal, row)) {
                    entry["goals"].push_back({{"at_most", verdict->text},
                                              {"value", verdict->value},
                                              {"reached", verdict->reached}});
                }
            }
        }
        json["rows"].push_back(std::move(entry));
    }
    return json;
}

}  // namespace bench
