#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/arguments.hpp"
#include "present/message.hpp"

namespace cli {

struct Invocation {
    Common common;
    Arguments arguments;
};

// `--help` and `--version`: a text for standard output.
struct Answer {
    enum class About { help, version };
    About about = About::help;
    std::string text;
    Common common;
};

struct WrongUsage {
    present::Message message;
    Common common;  // as far as the words could be understood
};

// `pivot` alone.
struct NothingAsked {};

using CommandLine = std::variant<Invocation, Answer, WrongUsage, NothingAsked>;

// `words` are those behind the program's name; `default_host` is the engine's address where --host
// does not say.
[[nodiscard]] CommandLine parse(std::vector<std::string> words, const std::string& default_host);

}  // namespace cli
