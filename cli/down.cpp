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
    auto client = connect(session);
    if (!client) {
        return client.error();
    }
    const auto progress = make_progress(session, nullptr);
    apply::Interrupt interrupt;
    const apply::DownReport report =
        apply::down(*client, *id, arguments.options, *progress, interrupt);
    const bool was_gone = report.failure &&
                          std::holds_alternative<apply::NoSuchAppliance>(*report.failure) &&
                          arguments.missing == DownArguments::Missing::is_fine;
    const bool failed = report.failure && !was_gone;
    progress->finish(failed ? present::Progress::Outcome::failed
                            : present::Progress::Outcome::reached);
    if (failed) {
        console.say(present::explain(*report.failure,
                                     {present::Subject::Command::down, *id, nullptr, nullptr}));
        return present::exit_code_of(*report.failure);
    }
    switch (session.common.output) {
        case Common::Output::json:
            console.result(present::to_text(present::down_json(report, *id)));
            break;
        case Common::Output::text: console.result(present::to_text(report, *id)); break;
    }
    return present::exit_code::done;
}

}  // namespace cli
