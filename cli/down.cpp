#include "cli/commands.hpp"
#include "cli/missing_appliance.hpp"
#include "present/down_text.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"

namespace cli {

namespace {

int take_down(Session& session, const DownArguments& arguments, apply::Run& run,
              present::Progress& progress, const present::Subject& subject) {
    Console& console = session.console;
    const apply::DownReport report = apply::down(run, subject.id, arguments.options);
    const bool was_gone = report.failure &&
                          std::holds_alternative<apply::NoSuchAppliance>(*report.failure) &&
                          arguments.missing == DownArguments::Missing::is_fine;
    const bool failed = report.failure && !was_gone;
    progress.finish(failed ? present::Progress::Outcome::failed
                           : present::Progress::Outcome::reached);
    const int code = failed ? present::exit_code_of(*report.failure) : present::exit_code::done;
    if (failed) {
        session.fail(explain(run, *report.failure, subject));
    }
    switch (session.common.output) {
        case Common::Output::json:
            // What is gone by then is a result, even where something could not go.
            if (!failed ||
                (code == present::exit_code::not_in_goal_state && !report.plan.steps.empty())) {
                session.result = present::down_json(report, subject.id);
            }
            break;
        case Common::Output::text:
            if (!failed) {
                console.result(present::to_text(report, subject.id));
            }
            break;
    }
    return code;
}

}  // namespace

int run(Session& session, const DownArguments& arguments) {
    const auto progress = make_progress(session, nullptr);
    return with_appliance(session, arguments.appliance, present::Subject::Command::down,
                          progress.get(), [&](apply::Run& run, const present::Subject& subject) {
                              return take_down(session, arguments, run, *progress, subject);
                          });
}

}  // namespace cli
