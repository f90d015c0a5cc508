#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace cli {

// What stands on the command line, word by word: not checked yet. Empty: not given.
struct RawWords {
    std::string host, output, color;
    bool quiet = false, verbose = false, help = false, version = false;
    bool json = false, no_color = false, goes_without_saying = false;

    std::string file;
    std::vector<std::string> files, file_options;
    bool dry_run = false, no_wait = false, recreate = false, rerun = false, keep_orphans = false;
    bool wait = false, remove_orphans = false;
    std::string timeout, pull, stop_timeout, settle;
    std::vector<std::string> scales;
    bool exit_code = false;

    std::string appliance, container, port;
    bool purge = false, if_exists = false;
};

// A command and the options it takes; CLI11 fills in the words.
struct Command {
    std::string_view name;
    std::unique_ptr<CLI::App> app;
};

// Every command, in the order of a working day; `only` one where there is one of that name: making
// them takes longer than all else that `pivot --version` does. `words` must outlive them.
[[nodiscard]] std::vector<Command> make_commands(RawWords& words, std::string_view only = {});

}  // namespace cli
