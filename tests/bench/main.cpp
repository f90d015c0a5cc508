// Measures pivot against a bare driver and docker compose: scripts/bench runs this beside an
// engine.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/rows.hpp"

namespace {

using namespace bench;

struct Arguments {
    int runs = 7;
    std::string json;
    bool markdown = false;
    bool list = false;
    std::vector<std::string> only;
};

Arguments parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&]() -> std::string {
            if (++i == argc) {
                throw Failed(word + " wants a value");
            }
            return argv[i];
        };
        if (word == "--runs") {
            arguments.runs = std::atoi(value().c_str());
        } else if (word == "--json") {
            arguments.json = value();
        } else if (word == "--only") {
            arguments.only.push_back(value());
        } else if (word == "--markdown") {
            arguments.markdown = true;
        } else if (word == "--list") {
            arguments.list = true;
        } else {
            throw Failed(word + " is no option: see scripts/bench --help");
        }
    }
    if (arguments.runs < 1) {
        throw Failed("--runs wants a number, at least 1");
    }
    return arguments;
}

bool is_chosen(const Arguments& arguments, const std::string& title) {
    for (const std::string& part : arguments.only) {
        if (title.find(part) != std::string::npos) {
            return true;
        }
    }
    return arguments.only.empty();
}

std::string socket_of_engine() {
    const char* host = std::getenv("DOCKER_HOST");
    const std::string prefix = "unix://";
    if (host == nullptr || !std::string(host).starts_with(prefix)) {
        throw Failed("DOCKER_HOST names no Unix socket: run scripts/bench");
    }
    return std::string(host).substr(prefix.size());
}

// A folder that goes at the end, with the engine's own where this is killed.
class Folder {
public:
    Folder() {
        const char* engine = std::getenv("PIVOT_TEST_ENGINE_DIR");
        path_ = fmt::format("{}/bench.XXXXXX", engine == nullptr ? "/tmp" : engine);
        if (mkdtemp(path_.data()) == nullptr) {
            throw Failed("no folder can be made at " + path_);
        }
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        if (std::system(("rm -rf " + path_).c_str()) != 0) {
            std::fprintf(stderr, "bench: %s is left\n", path_.c_str());
        }
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::string trimmed(std::string text) {
    text.resize(text.find_last_not_of(" \n") + 1);
    return text;
}

Versions versions_of(const Setting& setting) {
    Versions versions;
    const auto said =
        trimmed(setting.stopwatch().run({setting.programs().pivot, "--version"}).output);
    versions.pivot = said.substr(said.rfind(' ') + 1);
    versions.engine = setting.engine_version();
    if (setting.has_compose()) {
        versions.compose = trimmed(
            setting.stopwatch().run({setting.programs().compose, "version", "--short"}).output);
    }
    utsname system{};
    uname(&system);
    versions.kernel = system.release;
    versions.cores = static_cast<int>(std::thread::hardware_concurrency());
    return versions;
}

// False for a row that failed.
bool measure(const Task& task, const Setting& setting, Row& row) {
    const auto begin = std::chrono::steady_clock::now();
    fmt::print(stderr, "{} ...", task.title);
    bool good = true;
    try {
        task.measure(setting, row);
    } catch (const std::exception& error) {
        fmt::print(stderr, "\nbench: {}: {}\n", task.title, error.what());
        row.skipped = "failed";
        good = false;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print(stderr, " {:.0f} s{}\n", took.count(),
               row.skipped.empty() ? "" : ", skipped: " + row.skipped);
    return good;
}

int run(const Arguments& arguments) {
    if (arguments.list) {
        for (const Task& task : tasks()) {
            fmt::print("{}\n", task.title);
        }
        return 0;
    }
    const Folder folder;
    const char* compose = std::getenv("COMPOSE");
    const Setting setting({PIVOT_BINARY, BENCH_BARE, BENCH_MEASURED, BENCH_STAND_IN,
                           compose == nullptr ? "" : compose},
                          socket_of_engine(), folder.path(), arguments.runs);
    const Versions versions = versions_of(setting);
    std::vector<Row> rows;
    bool all_good = true;
    for (const Task& task : tasks()) {
        if (is_chosen(arguments, task.title)) {
            rows.emplace_back().title = task.title;
            all_good = measure(task, setting, rows.back()) && all_good;
        }
    }
    std::fputs((arguments.markdown ? to_markdown(versions, rows) : to_text(versions, rows)).c_str(),
               stdout);
    if (!arguments.json.empty()) {
        std::ofstream(arguments.json) << to_json(versions, rows, arguments.runs).dump(2) << '\n';
    }
    return all_good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(parse(argc, argv));
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        return 2;
    }
}
