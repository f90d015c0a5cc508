#include <fmt/format.h>

#include "appliance/read.hpp"
#include "base/printable.hpp"
#include "cli/commands.hpp"
#include "cli/document.hpp"
#include "diagnostics/render.hpp"
#include "present/exit_code.hpp"
#include "present/json.hpp"
#include "present/words.hpp"

namespace cli {
namespace {

present::Json as_json(const appliance::ReadResult& read, const diagnostics::Source& source) {
    present::Json json;
    json["file"] = source.name();
    json["valid"] = read.appliance.has_value();
    if (read.appliance) {
        json["id"] = read.appliance->id.str();
        json["containers"] = read.appliance->containers.size();
    }
    json["diagnostics"] = present::diagnostics_json(read.diagnostics, source);
    return json;
}

// The same shape, for a file that there is no document in.
present::Json as_json(const present::Message& unreadable, const std::string& file) {
    present::Json json;
    json["file"] = file;
    json["valid"] = false;
    json["diagnostics"] = {
        {{"severity", "error"}, {"message", unreadable.headline}, {"hint", unreadable.hint}}};
    return json;
}

}  // namespace

int run(Session& session, const ValidateArguments& arguments) {
    namespace exit_code = present::exit_code;
    Console& console = session.console;
    const bool is_json = session.common.output == Common::Output::json;
    const auto source = load(arguments.file);
    if (!source && is_json) {
        console.result(present::to_text(as_json(source.error(), arguments.file)));
    } else if (!source) {
        console.say(source.error());
    }
    if (!source) {
        return exit_code::wrong_usage;
    }
    const appliance::ReadResult read = appliance::read(*source);
    const int code = read.appliance ? exit_code::done : exit_code::wrong_usage;
    if (is_json) {
        console.result(present::to_text(as_json(read, *source)));
        return code;
    }
    console.say(diagnostics::render(read.diagnostics, *source, console.message_style()));
    if (read.appliance) {
        console.result(fmt::format("{} is valid: {}\n", base::printable(source->name()),
                                   present::count(read.appliance->containers.size(), "container")));
    } else {
        console.say("\n" + diagnostics::summary(read.diagnostics, *source));
    }
    return code;
}

}  // namespace cli
