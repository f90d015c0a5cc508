#include <fmt/format.h>

#include "appliance/read.hpp"
#include "base/printable.hpp"
#include "cli/commands.hpp"
#include "cli/document.hpp"
#include "diagnostics/render.hpp"
#include "present/exit_code.hpp"
#include "present/json.hpp"
#include "present/words.hpp"

namespace cli {
namespace {

present::Json as_json(const appliance::ReadResult& read, const diagnostics::Source& source) {
    present::Json json;
    json["file"] = source.name();
    json["valid"] = read.appliance.has_value();
    if (read.appliance) {
        json["id"] = read.appliance->id.str();
        json["containers"] = read.appliance->containers.size();
    }
    json["diagnostics"] = present::diagnostics_json(read.diagnostics, source);
    return json;
}

// The same shape, for a file that there is no document in.
present::Json as_json(const present::Message& unreadable, const std::string& file) {
    present::Json json;
    json["file"] = file;
    json["valid"] = false;
    json["diagnostics"] = {
        {{"severity", "error"}, {"message", unreadable.headline}, {"hint", unreadable.hint}}};
    return json;
}

// Tells about documents, one after the other.
class Validation {
public:
    explicit Validation(Session& session) : session_(session) {}

    void check(const std::string& file) {
        const auto source = load(file);
        if (!source) {
            tell_apart();
            is_valid_ = false;
            say(present::to_text(source.error(), session_.console.message_style()));
            session_.note_problems({unreadable(source.error(), file)});
            files_.push_back(as_json(source.error(), file));
            return;
        }
        const appliance::ReadResult read = appliance::read(*source);
        is_valid_ = is_valid_ && read.appliance;
        session_.note_problems(present::problems_of(read.diagnostics, *source));
        files_.push_back(as_json(read, *source));
        if (!read.diagnostics.empty()) {
            tell_apart();
        }
        say(diagnostics::render(read.diagnostics, *source, session_.console.message_style()));
        if (!read.appliance) {
            say("\n" + diagnostics::summary(read.diagnostics, *source));
        } else if (!session_.prints_json()) {
            session_.console.result(
                fmt::format("{} is valid: {}\n", base::printable(source->name()),
                            present::count(read.appliance->containers.size(), "container")));
        }
    }

    // Of one document its fields stand at the top as well.
    [[nodiscard]] int conclude() const {
        session_.result = files_.size() == 1 ? files_.front() : present::Json::object();
        session_.result["valid"] = is_valid_;
        session_.result["files"] = files_;
        return is_valid_ ? present::exit_code::done : present::exit_code::wrong_usage;
    }

private:
    void say(const std::string& text) {
        session_.console.say(text);
        said_ = said_ || !text.empty();
    }
    void tell_apart() {
        if (said_) {
            session_.console.say("\n");
        }
    }

    Session& session_;
    present::Json files_ = present::Json::array();
    bool is_valid_ = true;
    bool said_ = false;
};

}  // namespace

int run(Session& session, const ValidateArguments& arguments) {
    Validation validation(session);
    for (const std::string& file : arguments.files) {
        validation.check(file);
    }
    return validation.conclude();
}

}  // namespace cli
