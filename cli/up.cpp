#include <functional>
#include <string>
#include <utility>

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

// Hears of a failure as soon as it is known, and says it at once: what follows it may take long.
class TellsFailures final : public apply::Listener {
public:
    using Text = std::function<std::string(const apply::Failure&)>;

    TellsFailures(present::Progress& progress, Text text)
        : progress_(progress), text_(std::move(text)) {}

    void on(const apply::Event& event) override {
        if (const auto* known = std::get_if<apply::FailureKnown>(&event)) {
            progress_.say(text_(*known->failure));
            has_told_ = true;
        } else {
            progress_.on(event);
        }
    }
    void tick() override { progress_.tick(); }
    [[nodiscard]] std::chrono::milliseconds tick_interval() const override {
        return progress_.tick_interval();
    }

    [[nodiscard]] bool has_told() const { return has_told_; }

private:
    present::Progress& progress_;
    Text text_;
    bool has_told_ = false;
};

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
    auto document = open_document(session, arguments.file, Notices::tell);
    if (!document) {
        return document.error();
    }
    if (const auto mistakes = apply_scales(**document, arguments.scales); !mistakes.empty()) {
        session.fail(mistakes);
        return exit_code::wrong_usage;
    }
    const auto progress = make_progress(session, document->get());
    const present::Subject about = subject(**document);
    TellsFailures listener(*progress, [&](const apply::Failure& failure) {
        return present::to_text(present::messages_of(present::problems_of(failure, about)),
                                console.message_style());
    });
    const auto command = connect(session, about, &listener, arguments.options.timeout);
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
    if (report.failure && listener.has_told()) {
        session.note_problems(present::problems_of(*report.failure, about));
        console.say(present::what_was_put_right(*report.failure, about));
    } else if (report.failure) {
        session.fail(present::problems_of(*report.failure, about));
    }
    if (session.prints_json()) {
        if (has_a_state_to_tell(code)) {
            plan::ApplianceStatus status =
                status_at_the_end(report, run, **document, advertised_host);
            apply::inspect_members(run, {&status, 1});
            session.result = present::status_json(status);
        }
    } else if (!report.failure && report.status) {
        console.result(present::headline(report.plan, *report.status) + "\n" +
                       present::to_text(*report.status, console.result_width()));
    }
    return code;
}

}  // namespace cli
