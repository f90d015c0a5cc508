#include "cli/commands.hpp"
#include "cli/scale.hpp"
#include "present/exit_code.hpp"
#include "present/failure_text.hpp"
#include "present/json.hpp"
#include "present/notice_text.hpp"
#include "present/plan_text.hpp"

namespace cli {

namespace exit_code = present::exit_code;

int run(Session& session, const PlanArguments& arguments) {
    Console& console = session.console;
    auto document = open_document(console, arguments.up.file, Notices::tell);
    if (!document) {
        return document.error();
    }
    const auto& [source, appliance] = **document;
    if (const auto mistakes = apply_scales(**document, arguments.up.scales); !mistakes.empty()) {
        console.say(mistakes);
        return exit_code::wrong_usage;
    }
    const present::Subject subject{present::Subject::Command::plan, appliance.id, &appliance,
                                   &source};
    const auto command = connect(session, subject, nullptr, arguments.up.options.timeout);
    if (!command) {
        return command.error();
    }
    const auto planning = apply::plan_up((*command)->run, appliance, arguments.up.options);
    if (!planning) {
        console.say(present::explain(planning.error(), subject));
        return present::exit_code_of(planning.error());
    }
    for (const diagnostics::Diagnostic& notice : planning->notices) {
        console.say(present::to_text(notice, &source, console.message_style()));
    }
    const present::PlanView view{appliance.id, planning->plan, planning->images_to_pull,
                                 appliance::powers_of(appliance)};
    switch (session.common.output) {
        case Common::Output::json:
            console.result(present::to_text(present::plan_json(view, planning->notices, source)));
            break;
        case Common::Output::text:
            console.result(present::to_text(view, console.result_style()));
            break;
    }
    const bool tell = arguments.exit_code == PlanArguments::ExitCode::tells_changes;
    return tell && !planning->plan.changes_nothing() ? exit_code::would_change : exit_code::done;
}

}  // namespace cli
