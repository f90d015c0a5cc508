#include "cli/commands.hpp"
#include "present/down_text.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"

namespace cli {

int run(Session& session, const DownArguments& arguments) {
    Console& console = session.console;
    const auto id = appliance_id(console, arguments.appliance);
    if (!id) {
        return id.error();
    }
    const present::Subject subject{present::Subject::Command::down, *id, nullptr, nullptr};
    const auto progress = make_progress(session, nullptr);
    const auto command = connect(session, subject, progress.get());
    if (!command) {
        return command.error();
    }
    const apply::DownReport report = apply::down((*command)->run, *id, arguments.options);
    const bool was_gone = report.failure &&
                          std::holds_alternative<apply::NoSuchAppliance>(*report.failure) &&
                          arguments.missing == DownArguments::Missing::is_fine;
    const bool failed = report.failure && !was_gone;
    progress->finish(failed ? present::Progress::Outcome::failed
                            : present::Progress::Outcome::reached);
    const int code = failed ? present::exit_code_of(*report.failure) : present::exit_code::done;
    if (failed) {
        console.say(present::explain(*report.failure, subject));
    }
    switch (session.common.output) {
        case Common::Output::json:
            // What is gone by then is a result, even where something could not go.
            if (!failed ||
                (code == present::exit_code::not_in_goal_state && !report.plan.steps.empty())) {
                console.result(present::to_text(present::down_json(report, *id)));
            }
            break;
        case Common::Output::text:
            if (!failed) {
                console.result(present::to_text(report, *id));
            }
            break;
    }
    return code;
}

}  // namespace cli
