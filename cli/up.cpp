#include "cli/commands.hpp"
#include "cli/scale.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"
#include "present/json.hpp"
#include "present/status_text.hpp"
#include "present/up_text.hpp"

namespace cli {
namespace {

namespace exit_code = present::exit_code;

present::Subject subject(const Document& document) {
    return {present::Subject::Command::up, document.appliance.id, &document.appliance,
            &document.source};
}

// At the end of a run that changed nothing there is none in the report: scripts get what is there
// all the same.
plan::ApplianceStatus status_at_the_end(const apply::UpReport& report, apply::Run& run,
                                        const Document& document,
                                        const std::string& advertised_host) {
    if (report.status) {
        return *report.status;
    }
    return apply::status(run, document.appliance.id, advertised_host)
        .value_or(present::not_begun(document.appliance));
}

bool has_a_state_to_tell(int code) {
    return code == exit_code::done || code == exit_code::not_in_goal_state ||
           code == exit_code::timed_out;
}

}  // namespace

int run(Session& session, const UpArguments& arguments) {
    if (arguments.mode == UpArguments::Mode::dry_run) {
        return run(session, PlanArguments{arguments, PlanArguments::ExitCode::plain});
    }
    Console& console = session.console;
    auto document = open_document(console, arguments.file, Notices::tell);
    if (!document) {
        return document.error();
    }
    if (const auto mistakes = apply_scales(**document, arguments.scales); !mistakes.empty()) {
        console.say(mistakes);
        return exit_code::wrong_usage;
    }
    const auto progress = make_progress(session, document->get());
    const auto command =
        connect(session, subject(**document), progress.get(), arguments.options.timeout);
    if (!command) {
        return command.error();
    }
    apply::Run& run = (*command)->run;
    const std::string& advertised_host = session.environment.advertised_host;
    const apply::UpReport report =
        apply::up(run, (*document)->appliance, arguments.options, advertised_host);
    progress->finish(report.failure ? present::Progress::Outcome::failed
                                    : present::Progress::Outcome::reached);
    const int code = report.failure ? present::exit_code_of(*report.failure) : exit_code::done;
    if (report.failure) {
        console.say(present::explain(*report.failure, subject(**document)));
    }
    if (session.common.output == Common::Output::json) {
        if (has_a_state_to_tell(code)) {
            console.result(present::to_text(
                present::status_json(status_at_the_end(report, run, **document, advertised_host))));
        }
    } else if (!report.failure && report.status) {
        console.result(present::headline(report.plan, *report.status) + "\n" +
                       present::to_text(*report.status, console.result_width()));
    }
    return code;
}

}  // namespace cli
