#include "faults/trial.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "catch.hpp"
#include "faults/proxy.hpp"

namespace faults {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest_run = std::chrono::seconds(20);

constexpr std::array kinds = {
    Kind::closed_before, Kind::closed_after, Kind::delayed,      Kind::status_500,
    Kind::status_503,    Kind::no_http,      Kind::half_a_reply, Kind::endless_reply,
    Kind::killed_before, Kind::killed_after,
};

struct Case {
    Kind kind;
    int call;
};

// What has been tried of one trial, and what is still to try.
struct Progress {
    std::vector<Case> left;
    int calls = 0;
    std::map<Kind, int> tried;
    std::map<Kind, int> survived;
    std::chrono::milliseconds longest{0};  // that the struck command took
    Case slowest{Kind::none, 0};
};

// `turn` lets the kinds meet other calls in each trial.
std::vector<Case> cases(Which which, int calls, int turn) {
    std::vector<Case> result;
    const int count = static_cast<int>(kinds.size());
    for (int i = 0; i < count; ++i) {
        const Kind kind = kinds[static_cast<std::size_t>(i)];
        if (which == Which::sample) {
            const int spread = (2 * i + 1) * calls / (2 * count);  // over all calls, evenly
            result.push_back({kind, 1 + (spread + turn * calls * 3 / 8) % calls});
            continue;
        }
        for (int call = 1; call <= calls; ++call) {
            result.push_back({kind, call});
        }
    }
    return result;
}

// One that says what it is about: the engine, or a thing by name.
bool says_error(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        if (line.starts_with("error: ")) {
            return line.find("engine") != std::string::npos || line.find('`') != std::string::npos;
        }
    }
    return false;
}

bool has_crashed(const std::string& text) {
    for (const char* sign : {"terminate called", "Sanitizer", "runtime error:", "Assertion"}) {
        if (text.find(sign) != std::string::npos) {
            return true;
        }
    }
    return false;
}

bool is_kill(Kind kind) { return kind == Kind::killed_before || kind == Kind::killed_after; }

// What is wrong with the end of a run that met a fault.
std::string judge_struck(const Trial& trial, const support::Ended& ended, Kind kind, bool struck) {
    if (has_crashed(ended.err)) {
        return "it crashed";
    }
    if (struck && is_kill(kind)) {
        return ended.code == 128 + SIGKILL ? "" : "it was not killed";
    }
    if (ended.code != 0 && ended.code != 1 && ended.code != 3 && ended.code != 5) {
        return fmt::format("exit code {}", ended.code);
    }
    if (ended.code != 0 && !says_error(ended.err)) {
        return "it failed and told no error that says what it is about";
    }
    if (ended.code == 0 && trial.code != 0) {
        return "it should have failed";
    }
    return "";
}

class Trials {
public:
    Trials(std::string appliance, const std::vector<Trial>& trials)
        : appliance_(std::move(appliance)), trials_(trials), progress_(trials.size()) {
        wipe(appliance_);
        others_ = everything_on_the_engine();
    }
    Trials(const Trials&) = delete;
    Trials& operator=(const Trials&) = delete;
    ~Trials() { wipe(appliance_); }

    void run_all(Which which) {
        go_on(trials_.size() - 1);
        for (std::size_t i = 0; i < trials_.size(); ++i) {
            if (trials_[i].struck.arguments.empty()) {
                go_on(i);
                continue;
            }
            count(i);
            progress_[i].left = cases(which, progress_[i].calls, static_cast<int>(i));
        }
        while (std::any_of(progress_.begin(), progress_.end(),
                           [](const Progress& progress) { return !progress.left.empty(); })) {
            for (std::size_t i = 0; i < trials_.size(); ++i) {
                next_case(i);
            }
        }
    }

    void report(Which which) const {
        for (std::size_t i = 0; i < trials_.size(); ++i) {
            if (trials_[i].struck.arguments.empty()) {
                continue;
            }
            int tried = 0;
            int survived = 0;
            for (const auto& [kind, number] : progress_[i].tried) {
                const auto good = progress_[i].survived.find(kind);
                const int well = good == progress_[i].survived.end() ? 0 : good->second;
                tried += number;
                survived += well;
                if (which == Which::all) {
                    say(trials_[i].name, to_text(kind), number, well);
                }
            }
            say(trials_[i].name, fmt::format("{} calls", progress_[i].calls), tried, survived);
            std::printf("  the slowest: %s, call %d: %d ms\n", to_text(progress_[i].slowest.kind),
                        progress_[i].slowest.call, static_cast<int>(progress_[i].longest.count()));
        }
    }

private:
    static void say(const std::string& trial, const std::string& what, int tried, int survived) {
        std::printf("%s, %s: %d cases, %d survived\n", trial.c_str(), what.c_str(), tried,
                    survived);
    }

    // How many calls it makes when nothing goes wrong.
    void count(std::size_t i) {
        const Trial& trial = trials_[i];
        const Proxy proxy;
        const support::Ended ended = run(trial.struck, proxy.url());
        progress_[i].calls = static_cast<int>(proxy.log().calls().size());
        INFO(trial.name << ", without a fault\n" << ended.err << to_text(proxy.log().calls()));
        REQUIRE(ended.code == trial.code);
        REQUIRE(progress_[i].calls > 0);
        const std::string wrong = recover(trial);
        INFO(wrong);
        REQUIRE(wrong.empty());
    }

    void next_case(std::size_t i) {
        Progress& progress = progress_[i];
        if (progress.left.empty()) {
            go_on(i);
            return;
        }
        const Case next = progress.left.front();
        progress.left.erase(progress.left.begin());
        ++progress.tried[next.kind];
        const std::string wrong = try_case(i, next);
        if (wrong.empty()) {
            ++progress.survived[next.kind];
            return;
        }
        FAIL_CHECK(trials_[i].name << ", " << to_text(next.kind) << ", call " << next.call << ": "
                                   << wrong);
        wipe(appliance_);
        go_on(i);
    }

    // To where the next trial begins, whatever there is.
    void go_on(std::size_t i) {
        const support::Ended ended = run(trials_[i].again);
        if (ended.code != trials_[i].again_code && ended.code != 4) {
            FAIL(trials_[i].name << " does not work at all any more: " << ended.err);
        }
    }

    // What is wrong; nothing where it survived.
    std::string try_case(std::size_t i, const Case& which) {
        const Trial& trial = trials_[i];
        Fault fault;
        fault.kind = which.kind;
        fault.call = which.call;
        fault.delay = std::chrono::milliseconds(1500);
        const auto before = support::container_ids(appliance_);
        const Proxy proxy(fault);
        const auto begin = Clock::now();
        support::Ended ended;
        try {
            ended = run(trial.struck, proxy.url());
        } catch (const std::exception& error) {
            return fmt::format("{}\n{}", error.what(), to_text(proxy.log().calls()));
        }
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
        if (took > progress_[i].longest) {
            progress_[i].longest = took;
            progress_[i].slowest = which;
        }
        const std::vector<Call> calls = proxy.log().calls();
        const bool struck =
            std::any_of(calls.begin(), calls.end(), [](const Call& call) { return call.struck; });
        std::string wrong = judge_struck(trial, ended, which.kind, struck);
        if (wrong.empty() && took > longest_run) {
            wrong = "it took too long";
        }
        if (wrong.empty() && ended.code == 0 && trial.code == 0) {
            if (const auto difference = differs(appliance_, trial.goal, others_)) {
                wrong = "it exited 0, but " + *difference;
            }
        }
        std::string after = recover(trial);
        if (after.empty()) {
            after = replaced(trial, before);
        }
        if (!after.empty()) {
            wrong += wrong.empty() ? after : "; then: " + after;
        }
        if (wrong.empty()) {
            return "";
        }
        return fmt::format("{}\nexit {} after {} ms, having said\n{}and called\n{}", wrong,
                           ended.code, took.count(), ended.err, to_text(calls));
    }

    // Which of those to keep is no longer the one it was.
    [[nodiscard]] std::string replaced(const Trial& trial,
                                       const std::map<std::string, std::string>& before) const {
        const auto now = support::container_ids(appliance_);
        for (const std::string& name : trial.keeps) {
            if (before.at(name) != now.at(name)) {
                return fmt::format("{} is another container than before", name);
            }
        }
        return "";
    }

    // The command again, without a fault: what is wrong.
    std::string recover(const Trial& trial) {
        const bool nothing_left = support::belongings(appliance_) == nothing_at_all;
        support::Ended ended;
        try {
            ended = run(trial.again);
        } catch (const std::exception& error) {
            return error.what();
        }
        // A `down` whose last call was done has nothing left to find.
        const bool is_down = trial.again.arguments.front() == "down";
        if (ended.code != (is_down && nothing_left ? 4 : trial.again_code)) {
            return fmt::format("the next `pivot {}` exits {}:\n{}", trial.again.arguments.front(),
                               ended.code, ended.err);
        }
        if (const auto difference = differs(appliance_, trial.goal, others_)) {
            return fmt::format("after the next `pivot {}` {}:\n{}", trial.again.arguments.front(),
                               *difference, ended.err);
        }
        return "";
    }

    static inline const Json nothing_at_all = {
        {"containers", Json::object()}, {"networks", Json::array()}, {"volumes", Json::array()}};

    std::string appliance_;
    const std::vector<Trial>& trials_;
    std::vector<Progress> progress_;
    std::set<std::string> others_;
};

}  // namespace

Which which_cases() {
    const char* full = std::getenv("PIVOT_TEST_FULL");
    return full != nullptr && std::string(full) == "1" ? Which::all : Which::sample;
}

void survive(const std::string& appliance, const std::vector<Trial>& trials) {
    Trials all(appliance, trials);
    all.run_all(which_cases());
    all.report(which_cases());
}

}  // namespace faults
