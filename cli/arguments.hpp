#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "apply/commands.hpp"

// What was asked for on the command line, checked and in the program's own terms.
namespace cli {

struct Common {
    enum class Output { text, json };
    enum class Color { automatic, always, never };
    enum class Progress { shown, hidden };
    enum class Calls { hidden, shown };
    std::string host;
    Output output = Output::text;
    Color color = Color::automatic;
    Progress progress = Progress::shown;
    Calls calls = Calls::hidden;
};

// `--scale C=N`
struct Scale {
    std::string container;
    int instances = 1;
};

struct UpArguments {
    enum class Mode { act, dry_run };
    std::string file = "appliance.json";  // `-`: standard input
    Mode mode = Mode::act;
    apply::UpOptions options;
    std::vector<Scale> scales;
};

struct PlanArguments {
    enum class ExitCode { plain, tells_changes };
    UpArguments up;
    ExitCode exit_code = ExitCode::plain;
};

struct StatusArguments {
    std::string appliance;  // an ID or a path to a document; empty: every appliance
};

// What of a container's endpoints is asked for. Nothing set: all of them.
struct PortFilter {
    std::optional<std::uint16_t> container_port;
    std::optional<appliance::Protocol> protocol;
    std::string name;
};

struct PortArguments {
    std::string appliance;
    std::string container;
    PortFilter filter;
};

struct DownArguments {
    enum class Missing { is_an_error, is_fine };
    std::string appliance;
    apply::DownOptions options;
    Missing missing = Missing::is_an_error;
};

struct ValidateArguments {
    std::vector<std::string> files;  // at least one
};

using Arguments = std::variant<UpArguments, PlanArguments, StatusArguments, PortArguments,
                               DownArguments, ValidateArguments>;

}  // namespace cli
