#include <algorithm>

#include "cli/commands.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"
#include "present/json.hpp"
#include "present/status_text.hpp"

namespace cli {
namespace {

namespace exit_code = present::exit_code;

// A state that cannot be read is not the state of an appliance that is out of its goal: never 1.
int could_not_look(Console& console, const apply::Failure& failure,
                   const appliance::ApplianceId& id) {
    console.say(
        present::explain(failure, {present::Subject::Command::status, id, nullptr, nullptr}));
    return std::holds_alternative<apply::CallFailed>(failure) ? exit_code::no_engine
                                                              : present::exit_code_of(failure);
}

void tell_notes(Console& console, const plan::ApplianceStatus& status) {
    present::Message note;
    note.kind = present::Message::Kind::note;
    note.headline = present::note_on_record(status);
    if (!note.headline.empty()) {
        console.say(note);
    }
}

int status_of_all(Session& session, apply::Run& run) {
    Console& console = session.console;
    const auto all = apply::status_of_all(run, session.environment.advertised_host);
    if (!all) {
        return could_not_look(console, all.error(), {});
    }
    switch (session.common.output) {
        case Common::Output::json:
            console.result(present::to_text(present::status_json(*all)));
            break;
        case Common::Output::text:
            console.result(present::to_text(*all, console.result_width()));
            break;
    }
    return std::all_of(all->begin(), all->end(), plan::reached_goal) ? exit_code::done
                                                                     : exit_code::not_in_goal_state;
}

int status_of_one(Session& session, apply::Run& run, const appliance::ApplianceId& id) {
    Console& console = session.console;
    const auto status = apply::status(run, id, session.environment.advertised_host);
    if (!status) {
        return could_not_look(console, status.error(), id);
    }
    switch (session.common.output) {
        case Common::Output::json:
            console.result(present::to_text(present::status_json(*status)));
            break;
        case Common::Output::text:
            console.result(present::to_text(*status, console.result_width()));
            break;
    }
    tell_notes(console, *status);
    return plan::reached_goal(*status) ? exit_code::done : exit_code::not_in_goal_state;
}

}  // namespace

int run(Session& session, const StatusArguments& arguments) {
    appliance::ApplianceId id;
    if (!arguments.appliance.empty()) {
        auto given = appliance_id(session.console, arguments.appliance);
        if (!given) {
            return given.error();
        }
        id = std::move(*given);
    }
    const auto command =
        connect(session, {present::Subject::Command::status, id, nullptr, nullptr});
    if (!command) {
        return command.error();
    }
    apply::Run& run = (*command)->run;
    return id.empty() ? status_of_all(session, run) : status_of_one(session, run, id);
}

}  // namespace cli
