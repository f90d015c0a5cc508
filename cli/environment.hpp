#pragma once

#include <cstdlib>
#include <string>

#include "diagnostics/style.hpp"

namespace cli {

// What the program takes from its environment; the library reads none of it.
struct Environment {
    static constexpr auto default_host = "unix:///var/run/docker.sock";

    std::string docker_host;                                 // DOCKER_HOST
    std::string advertised_host;                             // PIVOT_ADVERTISE_HOST
    std::string runtime_folder;                              // XDG_RUNTIME_DIR
    std::string home;                                        // HOME
    bool no_color = false;                                   // NO_COLOR is set to anything
    bool dumb_terminal = false;                              // TERM says so, or is not set
    diagnostics::Marks marks = diagnostics::Marks::unicode;  // by LC_ALL, LC_CTYPE and LANG
};

[[nodiscard]] inline Environment read_environment() {
    const auto value = [](const char* name, const char* otherwise) {
        const char* set = std::getenv(name);
        return std::string(set == nullptr || *set == '\0' ? otherwise : set);
    };
    return {value("DOCKER_HOST", Environment::default_host),
            value("PIVOT_ADVERTISE_HOST", "127.0.0.1"),
            value("XDG_RUNTIME_DIR", ""),
            value("HOME", ""),
            !value("NO_COLOR", "").empty(),
            value("TERM", "dumb") == "dumb",
            diagnostics::marks_of_locale(value("LC_ALL", ""), value("LC_CTYPE", ""),
                                         value("LANG", ""))};
}

}  // namespace cli
