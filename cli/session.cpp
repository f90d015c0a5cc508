#include "cli/session.hpp"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "appliance/id.hpp"
#include "appliance/read.hpp"
#include "cli/document.hpp"
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

OrExitCode<std::unique_ptr<Document>> open_document(Console& console, const std::string& file,
                                                    Notices notices) {
    auto source = load(file);
    if (!source) {
        console.say(source.error());
        return Told(present::exit_code::wrong_usage);
    }
    appliance::ReadResult read = appliance::read(*source);
    if (!read.appliance || notices == Notices::tell) {
        console.say(diagnostics::render(read.diagnostics, *source, console.message_style()));
    }
    if (!read.appliance) {
        console.say("\n" + diagnostics::summary(read.diagnostics, *source));
        return Told(present::exit_code::wrong_usage);
    }
    return std::make_unique<Document>(Document{std::move(*source), std::move(*read.appliance)});
}

OrExitCode<appliance::ApplianceId> appliance_id(Console& console, const std::string& id_or_file) {
    if (is_path(id_or_file)) {
        auto document = open_document(console, id_or_file, Notices::keep_quiet);
        if (!document) {
            return Told(document.error());
        }
        return (*document)->appliance.id;
    }
    if (!appliance::is_id(id_or_file)) {
        present::Message message;
        message.headline = fmt::format("`{}` is neither an appliance's ID nor a file", id_or_file);
        message.hint =
            "an ID has letters, digits and `-`; `pivot status` lists those that are there";
        console.say(message);
        return Told(present::exit_code::wrong_usage);
    }
    return appliance::ApplianceId(id_or_file);
}

OrExitCode<engine::Client> connect(Session& session) {
    std::function<void(const engine::Trace&)> trace;
    if (session.common.calls == Common::Calls::shown) {
        trace = [&console = session.console](const engine::Trace& call) {
            console.say(present::to_text(call));
        };
    }
    auto client =
        engine::Address::parse(session.common.host).and_then([&](const engine::Address& address) {
            return engine::Client::connect(address, trace);
        });
    if (!client) {
        session.console.say(present::explain(client.error()));
        return Told(present::exit_code::no_engine);
    }
    return std::move(*client);
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
            present::Terminal{say, &Console::window, console.message_style()}, diagnostic_text,
            clock_from_now(), document == nullptr ? nullptr : &document->appliance);
    }
    return std::make_unique<present::LineProgress>(say, diagnostic_text, clock_from_now());
}

}  // namespace cli
