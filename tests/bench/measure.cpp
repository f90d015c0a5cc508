#include "bench/measure.hpp"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

extern char** environ;

namespace bench {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string end_of(const std::string& text) {
    constexpr std::size_t enough = 2000;
    return text.size() <= enough ? text : "..." + text.substr(text.size() - enough);
}

}  // namespace

Outcome Stopwatch::run(const Command& command) const {
    const std::string output = folder_ + "/output";
    const std::string result = folder_ + "/result";
    std::vector<char*> arguments = {const_cast<char*>(program_.c_str()),
                                    const_cast<char*>(output.c_str())};
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, result.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0644);
    pid_t child = 0;
    const int error =
        posix_spawn(&child, program_.c_str(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) {
        throw Failed(fmt::format("{} cannot be run", program_));
    }
    int status = 0;
    waitpid(child, &status, 0);

    Outcome outcome;
    long long wall_us = 0;
    long long cpu_us = 0;
    long peak_kb = 0;
    std::ifstream numbers(result);
    if (!(numbers >> outcome.code >> wall_us >> cpu_us >> peak_kb)) {
        throw Failed(fmt::format("`{}` could not be run", fmt::join(command, " ")));
    }
    outcome.cost = {static_cast<double>(wall_us) / 1000, static_cast<double>(cpu_us) / 1000,
                    static_cast<double>(peak_kb) / 1024};
    outcome.output = read_file(output);
    return outcome;
}

Cost Stopwatch::must(const Command& command) const {
    const Outcome outcome = run(command);
    if (outcome.code != 0) {
        throw Failed(fmt::format("`{}` ended with {}:\n{}", fmt::join(command, " "), outcome.code,
                                 end_of(outcome.output)));
    }
    return outcome.cost;
}

std::vector<std::vector<Cost>> interleaved(const Stopwatch& stopwatch,
                                           const std::vector<Contender>& contenders, int runs) {
    std::vector<std::vector<Cost>> costs(contenders.size());
    for (int run = -1; run < runs; ++run) {
        for (std::size_t i = 0; i < contenders.size(); ++i) {
            const Contender& contender = contenders[i];
            if (!contender.skipped.empty()) {
                continue;
            }
            contender.prepare();
            const Cost cost = stopwatch.must(contender.command);
            contender.clean();
            if (run >= 0) {
                costs[i].push_back(cost);
            }
        }
    }
    return costs;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double median(const std::vector<Cost>& costs, double Cost::*part) {
    std::vector<double> values;
    for (const Cost& cost : costs) {
        values.push_back(cost.*part);
    }
    return median(std::move(values));
}

double median_ratio(const std::vector<Cost>& dividend, const std::vector<Cost>& divisor,
                    double Cost::*part) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(dividend.size(), divisor.size()); ++i) {
        ratios.push_back(dividend[i].*part / std::max(divisor[i].*part, 1e-3));
    }
    return median(std::move(ratios));
}

}  // namespace bench
