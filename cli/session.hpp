#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "appliance/appliance.hpp"
#include "apply/run.hpp"
#include "base/reactor.hpp"
#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "diagnostics/diagnostic.hpp"
#include "present/failure_text.hpp"
#include "present/json_report.hpp"
#include "present/progress.hpp"

namespace cli {

// What every command has at hand.
struct Session {
    base::Reactor reactor;
    Common common;
    Environment environment;
    Console console;
    // What `-o json` prints at the end.
    present::Json result = present::Json::object();
    present::Problems problems = {};

    [[nodiscard]] bool prints_json() const { return common.output == Common::Output::json; }
    // Says what went wrong, and keeps it for the JSON.
    void fail(const present::Problems& what);
    void fail(const present::Problem& what) { fail(present::Problems{what}); }
    // Keeps what was said already, or what the result says to a person.
    void note_problems(const present::Problems& what);
    // The JSON, where that is asked for; the exit code of the process.
    [[nodiscard]] int end(int code);
};

// What has been told to the user already; the value is the exit code.
using Told = tl::unexpected<int>;
template <class T>
using OrExitCode = tl::expected<T, int>;

// A valid document. Its place in memory is fixed: progress and messages point into it.
struct Document {
    diagnostics::Source source;
    appliance::Appliance appliance;
};

enum class Notices { tell, keep_quiet };

// Reads a document and tells what is wrong with it, or with its file.
[[nodiscard]] OrExitCode<std::unique_ptr<Document>> open_document(Session& session,
                                                                  const std::string& file,
                                                                  Notices notices);

// An ID as it is, or the `id` of the document that a path leads to.
[[nodiscard]] OrExitCode<appliance::ApplianceId> appliance_id(Session& session,
                                                              const std::string& id_or_file);

// A command at work on an engine, and what interrupts it.
struct EngineCommand {
    // Without a listener it shows no progress.
    EngineCommand(base::Reactor& reactor, apply::Listener* listener,
                  std::optional<std::chrono::milliseconds> limit)
        : run(reactor, listener == nullptr ? silent : *listener, interrupt, limit) {}

    apply::SignalInterrupt interrupt;
    apply::SilentListener silent;
    apply::Run run;
};

// A command that is connected to the engine; else it has been told why not. The listener may be
// null, and must outlive the command; the limit counts from here.
[[nodiscard]] OrExitCode<std::unique_ptr<EngineCommand>> connect(
    Session& session, const present::Subject& subject, apply::Listener* listener = nullptr,
    std::optional<std::chrono::milliseconds> limit = std::nullopt);

// Does something with the appliance that is named, by its ID or its document, on a connected
// engine; gives the exit code. An empty name is passed on: it stands for all.
using WithAppliance = std::function<int(apply::Run& run, const present::Subject& subject)>;
[[nodiscard]] int with_appliance(Session& session, const std::string& id_or_file,
                                 present::Subject::Command command, apply::Listener* listener,
                                 const WithAppliance& what);

// How this session shows progress: live, in lines, or not at all. `document` is null for `down`.
[[nodiscard]] std::unique_ptr<present::Progress> make_progress(Session& session,
                                                               const Document* document);

}  // namespace cli
