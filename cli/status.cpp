#include <algorithm>

#include "cli/commands.hpp"
#include "cli/missing_appliance.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"
#include "present/json.hpp"
#include "present/status_text.hpp"

namespace cli {
namespace {

namespace exit_code = present::exit_code;

// A state that cannot be read is not the state of an appliance that is out of its goal: never 1.
int could_not_look(Session& session, apply::Run& run, const apply::Failure& failure,
                   const appliance::ApplianceId& id) {
    session.fail(explain(run, failure, {present::Subject::Command::status, id, nullptr, nullptr}));
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
    auto all = apply::status_of_all(run, session.environment.advertised_host);
    if (!all) {
        return could_not_look(session, run, all.error(), {});
    }
    switch (session.common.output) {
        case Common::Output::json:
            apply::inspect_members(run, *all);
            session.result = present::status_json(*all);
            break;
        case Common::Output::text:
            console.result(present::to_text(*all, console.result_width()));
            break;
    }
    for (const plan::ApplianceStatus& status : *all) {
        session.note_problems(present::problems_of(status));
    }
    const bool good = std::all_of(all->begin(), all->end(),
                                  [](const auto& status) { return plan::reached_goal(status); });
    return good ? exit_code::done : exit_code::not_in_goal_state;
}

int status_of_one(Session& session, apply::Run& run, const appliance::ApplianceId& id) {
    Console& console = session.console;
    auto status = apply::status(run, id, session.environment.advertised_host);
    if (!status) {
        return could_not_look(session, run, status.error(), id);
    }
    switch (session.common.output) {
        case Common::Output::json:
            apply::inspect_members(run, {&*status, 1});
            session.result = present::status_json(*status);
            break;
        case Common::Output::text:
            console.result(present::to_text(*status, console.result_width()));
            break;
    }
    session.note_problems(present::problems_of(*status));
    tell_notes(console, *status);
    return plan::reached_goal(*status) ? exit_code::done : exit_code::not_in_goal_state;
}

}  // namespace

int run(Session& session, const StatusArguments& arguments) {
    return with_appliance(session, arguments.appliance, present::Subject::Command::status, nullptr,
                          [&](apply::Run& run, const present::Subject& subject) {
                              return subject.id.empty() ? status_of_all(session, run)
                                                        : status_of_one(session, run, subject.id);
                          });
}

}  // namespace cli
