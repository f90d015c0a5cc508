#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

// Running commands and what they cost.
namespace bench {

struct Cost {
    double wall_ms = 0;
    double cpu_ms = 0;  // user and system
    double peak_mb = 0;
};

struct Failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Command = std::vector<std::string>;

struct Outcome {
    int code = 0;
    Cost cost;
    std::string output;  // both streams
};

class Stopwatch {
public:
    // `bench-measured`, and a folder for outputs.
    Stopwatch(std::string program, std::string folder)
        : program_(std::move(program)), folder_(std::move(folder)) {}

    [[nodiscard]] Outcome run(const Command& command) const;
    // Throws Failed, with the end of the output, for any exit code but 0.
    Cost must(const Command& command) const;

private:
    std::string program_;
    std::string folder_;
};

// One of those that are compared in a row.
struct Contender {
    Command command;
    std::function<void()> prepare = [] {};
    std::function<void()> clean = [] {};
    std::string skipped = {};  // why it does not run; empty: it does
};

// All runs of a row, a list for each contender: each runs once in turn, so that what else the
// machine does meets all of them. One run before, which does not count.
[[nodiscard]] std::vector<std::vector<Cost>> interleaved(const Stopwatch& stopwatch,
                                                         const std::vector<Contender>& contenders,
                                                         int runs);

[[nodiscard]] double median(std::vector<double> values);
[[nodiscard]] double median(const std::vector<Cost>& costs, double Cost::*part);
// Of the ratios of runs that followed each other.
[[nodiscard]] double median_ratio(const std::vector<Cost>& dividend,
                                  const std::vector<Cost>& divisor, double Cost::*part);

}  // namespace bench
