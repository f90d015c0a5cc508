#include "cli/session.hpp"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "appliance/id.hpp"
#include "appliance/read.hpp"
#include "cli/document.hpp"
#include "cli/other_sockets.hpp"
#include "diagnostics/render.hpp"
#include "present/engine_text.hpp"
#include "present/exit_code.hpp"
#include "present/notice_text.hpp"
#include "present/progress_lines.hpp"
#include "present/progress_live.hpp"
#include "present/trace_text.hpp"

namespace cli {
namespace {

bool is_path(const std::string& text) {
    return text == "-" || text.find('/') != std::string::npos || text.ends_with(".json") ||
           (!appliance::is_id(text) && ::access(text.c_str(), F_OK) == 0);
}

present::Clock clock_from_now() {
    return [begin = std::chrono::steady_clock::now()] {
        return std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - begin);
    };
}

}  // namespace

void Session::fail(const present::Problems& what) {
    console.say(present::messages_of(what));
    note_problems(what);
}

void Session::note_problems(const present::Problems& what) {
    problems.insert(problems.end(), what.begin(), what.end());
}

int Session::end(int code) {
    if (prints_json()) {
        console.result(present::to_text(present::report_json(code, result, problems)));
    }
    return console.exit_code(code);
}

OrExitCode<std::unique_ptr<Document>> open_document(Session& session, const std::string& file,
                                                    Notices notices) {
    Console& console = session.console;
    auto source = load(file);
    if (!source) {
        session.fail(unreadable(source.error(), file));
        return Told(present::exit_code::wrong_usage);
    }
    appliance::ReadResult read = appliance::read(*source);
    if (!read.appliance || notices == Notices::tell) {
        console.say(diagnostics::render(read.diagnostics, *source, console.message_style()));
    }
    if (!read.appliance) {
        session.note_problems(present::problems_of(read.diagnostics, *source));
        console.say("\n" + diagnostics::summary(read.diagnostics, *source));
        return Told(present::exit_code::wrong_usage);
    }
    return std::make_unique<Document>(Document{std::move(*source), std::move(*read.appliance)});
}

OrExitCode<appliance::ApplianceId> appliance_id(Session& session, const std::string& id_or_file) {
    if (is_path(id_or_file)) {
        auto document = open_document(session, id_or_file, Notices::keep_quiet);
        if (!document) {
            return Told(document.error());
        }
        return (*document)->appliance.id;
    }
    if (!appliance::is_id(id_or_file)) {
        present::Problem wrong;
        present::Message& message = wrong.message;
        message.headline = fmt::format("`{}` is neither an appliance's ID nor a file", id_or_file);
        message.hint =
            "an ID has letters, digits and `-`; `pivot status` lists those that are there";
        session.fail(wrong);
        return Told(present::exit_code::wrong_usage);
    }
    return appliance::ApplianceId(id_or_file);
}

OrExitCode<std::unique_ptr<EngineCommand>> connect(Session& session,
                                                   const present::Subject& subject,
                                                   apply::Listener* listener,
                                                   std::optional<std::chrono::milliseconds> limit) {
    std::function<void(const engine::Trace&)> trace;
    if (session.common.calls == Common::Calls::shown) {
        trace = [&console = session.console](const engine::Trace& call) {
            console.say(present::to_text(call));
        };
    }
    const auto unusable = [&](engine::Error error) {
        if (auto* nobody = std::get_if<engine::Unreachable>(&error);
            nobody != nullptr && nobody->address == Environment::default_host) {
            nobody->others = other_sockets(session.environment);
        }
        session.fail(present::problem_of(error));
        return Told(present::exit_code::no_engine);
    };
    const auto address = engine::Address::parse(session.common.host);
    if (!address) {
        return unusable(address.error());
    }
    session.console.send_while_waiting(session.reactor);
    auto command = std::make_unique<EngineCommand>(session.reactor, listener, limit);
    const auto connected = command->run.connect(*address, trace);
    if (!connected) {
        session.fail(present::problems_of(connected.error(), subject));
        return Told(present::exit_code_of(connected.error()));
    }
    if (!*connected) {
        return unusable(connected->error());
    }
    return command;
}

int with_appliance(Session& session, const std::string& id_or_file,
                   present::Subject::Command command, apply::Listener* listener,
                   const WithAppliance& what) {
    present::Subject subject{command, {}, nullptr, nullptr};
    if (!id_or_file.empty()) {
        auto id = appliance_id(session, id_or_file);
        if (!id) {
            return id.error();
        }
        subject.id = std::move(*id);
    }
    const auto connected = connect(session, subject, listener);
    return connected ? what((*connected)->run, subject) : connected.error();
}

std::unique_ptr<present::Progress> make_progress(Session& session, const Document* document) {
    Console& console = session.console;
    const present::Sink say = [&console](std::string_view text) { console.say(text); };
    const present::DiagnosticText diagnostic_text =
        [&console, document](const diagnostics::Diagnostic& diagnostic) {
            return present::to_text(diagnostic, document == nullptr ? nullptr : &document->source,
                                    console.message_style());
        };
    if (session.common.progress == Common::Progress::hidden) {
        return std::make_unique<present::QuietProgress>(say, diagnostic_text);
    }
    // The calls of `-v` are lines, and lines do not go well with a block that is redrawn.
    const bool live = console.messages_go_to() == Console::Kind::terminal &&
                      session.common.calls == Common::Calls::hidden;
    if (live) {
        return std::make_unique<present::LiveProgress>(
            present::Terminal{say, &Console::window, console.message_style(),
                              [&console] { return console.takes_a_frame(); }, STDERR_FILENO},
            diagnostic_text, clock_from_now(),
            document == nullptr ? nullptr : &document->appliance);
    }
    return std::make_unique<present::LineProgress>(say, diagnostic_text, clock_from_now());
}

}  // namespace cli
