#include "appliance/dollar_note.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "appliance/object_reader.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "json/escape.hpp"

namespace appliance {
namespace {

bool is_of_name(char c) { return base::is_letter_or_digit(c) || c == '_'; }

// Where a variable stands in the text, as a shell or Compose writes it.
std::optional<Span> variable_in(std::string_view text) {
    for (std::size_t at = text.find('$'); at < text.size(); at = text.find('$', at + 1)) {
        const std::size_t begin = at;
        while (at + 1 < text.size() && text[at + 1] == '$') {
            ++at;  // `$$` is Compose's way to write one that is none
        }
        const std::string_view rest = text.substr(at + 1);
        const std::size_t brace = rest.starts_with('{') ? rest.find('}') : std::string_view::npos;
        if (brace != std::string_view::npos && brace > 1) {
            return Span{begin, at + 2 + brace};
        }
        if (!rest.empty() && is_of_name(rest.front()) && !base::is_digit(rest.front())) {
            const auto end = std::find_if_not(rest.begin(), rest.end(), is_of_name);
            return Span{begin, at + 1 + static_cast<std::size_t>(end - rest.begin())};
        }
    }
    return std::nullopt;
}

// `-c`, `-lc`, `-euc`, behind which a shell takes a line.
bool is_shell_option(std::string_view word) {
    return word.size() >= 2 && word.size() <= 6 && word.front() == '-' && word.back() == 'c' &&
           std::all_of(word.begin() + 1, word.end(), base::is_lower);
}

bool takes_shell_line(const Member& member) {
    if (member.key != "args" && member.key != "entrypoint") {
        return false;
    }
    if (const Array* words = member.value.as<Array>()) {
        return std::any_of(words->begin(), words->end(), [](const Value& word) {
            const std::string* text = word.as<std::string>();
            return text != nullptr && is_shell_option(*text);
        });
    }
    const std::string* line = member.value.as<std::string>();
    return line != nullptr && line->find(" -c") != std::string::npos;
}

// Looks through the values in the document's order until it has found a variable.
class Search {
public:
    explicit Search(Reading& reading) : reading_(reading) {}

    // Whether the search is over.
    bool in(const Value& value) {
        if (const std::string* text = value.as<std::string>()) {
            return in_text(*text, value.span);
        }
        if (const Array* entries = value.as<Array>()) {
            return std::any_of(entries->begin(), entries->end(),
                               [&](const Value& entry) { return in(entry); });
        }
        const Object* object = value.as<Object>();
        return object != nullptr && in_object(*object);
    }

private:
    bool in_object(const Object& object) {
        const bool has_shell = std::any_of(object.begin(), object.end(), takes_shell_line);
        return std::any_of(object.begin(), object.end(), [&](const Member& member) {
            const std::string_view key = member.key;
            const bool is_command = key == "args" || key == "entrypoint";
            const bool is_shells = key == "cmd" || key == "command" || (is_command && has_shell);
            return key != "$schema" && !is_free(key) && !is_shells && in(member.value);
        });
    }

    bool in_text(std::string_view text, Span literal) {
        const auto variable = variable_in(text);
        if (!variable) {
            return false;
        }
        reading_.problems.note(fmt::format("pivot expands no variables: {} stays as it is written",
                                           in_backticks(text.substr(
                                               variable->begin, variable->end - variable->begin))),
                               json::source_span(reading_.source.text(), literal, *variable),
                               "write the value itself; only a shell expands it, as in `cmd`");
        return true;
    }

    Reading& reading_;
};

}  // namespace

void note_dollars(const Value& document, Reading& reading) {
    if (variable_in(reading.source.text())) {  // `"$schema"` is one, too
        Search(reading).in(document);
    }
}

}  // namespace appliance
