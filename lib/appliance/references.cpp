#include "appliance/references.hpp"

#include <fmt/format.h>

#include "appliance/id.hpp"
#include "appliance/object_reader.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "json/escape.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_dns_label = 63;

// The name that begins at `at`; empty when none does.
std::string_view name_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !base::is_letter_or_digit(text[at])) {
        return {};
    }
    std::size_t end = at;
    while (end < text.size() && may_be_in_id(text[end])) {
        ++end;
    }
    while (text[end - 1] == '-') {
        --end;
    }
    return text.substr(at, end - at);
}

bool begins_word_behind(char before) {
    constexpr std::string_view others = " \t\n\v\f\r/=,;|([{<\"'`";
    return !base::is_letter_or_digit(before) && others.find(before) != std::string_view::npos;
}

bool is_within_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

Mention braced_mention(std::string_view text, std::size_t at) {
    const std::string_view name = name_at(text, at + 2);
    const std::size_t end = at + 2 + name.size();
    if (name.empty() || end >= text.size() || text[end] != '}') {
        return {"", {at, end}, Mention::Form::malformed};
    }
    return {std::string(name), {at, end + 1}, Mention::Form::braced};
}

// What stands before an @ within its word, as JSON text has it, the end of it when it is long.
std::string word_before(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 24;  // bytes
    std::size_t begin = at;
    while (begin > 0 && !begins_word_behind(text[begin - 1])) {
        --begin;
    }
    std::string cut;
    if (at - begin > longest) {
        begin = at - longest;
        while (is_within_character(text[begin])) {
            ++begin;
        }
        cut = "…";
    }
    for (const char c : text.substr(begin, at - begin)) {
        cut += c;
        if (c == '\\') {
            cut += c;
        }
    }
    return cut;
}

std::string as_reference(std::string_view id, Mention::Form form) {
    return form == Mention::Form::braced ? fmt::format("@{{{}}}", id) : fmt::format("@{}", id);
}

class Resolution {
public:
    Resolution(const Value& string, std::vector<std::size_t>& mentioned, const Reading& reading)
        : text_(*string.as<std::string>()),
          literal_(string.span),
          mentioned_(mentioned),
          reading_(reading) {}

    void check(const Mention& mention) {
        switch (mention.form) {
            case Mention::Form::bare:
            case Mention::Form::braced: return check_reference(mention);
            case Mention::Form::within_word: return report_within_word(mention);
            case Mention::Form::malformed: return report_malformed(mention);
        }
    }

private:
    void check_reference(const Mention& mention) {
        if (const NamedContainer* container = reading_.names.find(mention.name)) {
            mentioned_.push_back(container->index);
            return;
        }
        const auto instance = as_instance_name(mention.name);
        const NamedContainer* container =
            instance ? reading_.names.find(instance->container) : nullptr;
        if (container == nullptr) {
            report_unknown(mention);
        } else if (container->instances && *container->instances < instance->number) {
            report_too_few(mention, *container);
        } else if (mention.name.size() > longest_dns_label) {
            report(mention,
                   fmt::format("{} is too long for a host name", in_backticks(mention.name)),
                   fmt::format("give {} an `id` of at most 60 characters",
                               in_backticks(container->id)));
        } else {
            mentioned_.push_back(container->index);
        }
    }

    void report(const Mention& mention, std::string message, std::string hint) {
        reading_.problems.error(std::move(message),
                                json::source_span(reading_.source.text(), literal_, mention.where),
                                std::move(hint));
    }

    void report_unknown(const Mention& mention) {
        if (reading_.problems.full()) {
            return;
        }
        std::string hint = "a literal @ is written `\\\\@` in JSON";
        if (const auto meant = reading_.names.nearest(mention.name)) {
            hint = fmt::format("did you mean `{}`? A literal @ is written `\\\\@` in JSON",
                               as_reference(*meant, mention.form));
        }
        report(mention, fmt::format("no container is called {}", in_backticks(mention.name)),
               std::move(hint));
    }

    void report_too_few(const Mention& mention, const NamedContainer& container) {
        if (find_meant(*container.object, "instances", "container") != nullptr) {
            return;  // how many there are to be stands under another key
        }
        const std::int64_t instances = *container.instances;
        report(mention,
               fmt::format("{} has {} instance{}, so no {}", in_backticks(container.id), instances,
                           instances == 1 ? "" : "s", in_backticks(mention.name)),
               fmt::format("raise its `instances`, or write `{}` for any of them",
                           as_reference(container.id, mention.form)));
    }

    // The container, or instance of one, that the name is or is perhaps meant to be.
    [[nodiscard]] std::optional<std::string_view> meant_by(std::string_view name) const {
        const auto instance = as_instance_name(name);
        const bool is_known = reading_.names.find(name) != nullptr ||
                              (instance && reading_.names.find(instance->container) != nullptr);
        return is_known ? std::optional(name) : reading_.names.nearest(name);
    }

    void report_within_word(const Mention& mention) {
        if (reading_.problems.full()) {
            return;
        }
        const std::string before = word_before(text_, mention.where.begin);
        const std::string& name = mention.name;
        const auto meant = meant_by(name);
        if (!meant) {
            report(mention, fmt::format("no container is called {}", in_backticks(name)),
                   fmt::format("a literal @ is written {} in JSON",
                               in_backticks(before + "\\\\@" + name)));
            return;
        }
        report(mention,
               fmt::format("{} is within a word, where it is not a reference",
                           in_backticks("@" + name)),
               fmt::format("write {} for a literal @ and then the name, {} for {} as it stands, "
                           "{} for a reference without the @",
                           in_backticks(fmt::format("{}\\\\@@{}", before, *meant)),
                           in_backticks(fmt::format("{}\\\\@{}", before, name)),
                           in_backticks(fmt::format("{}@{}", before, name)),
                           in_backticks(fmt::format("{}@{{{}}}", before, *meant))));
    }

    void report_malformed(const Mention& mention) {
        report(mention, "`@{` begins a reference, and this is not one",
               "write the id of a container between the braces, as in `@{db}`, or `\\\\@{` for a "
               "literal `@{`");
    }

    std::string_view text_;
    Span literal_;
    std::vector<std::size_t>& mentioned_;
    const Reading& reading_;
};

}  // namespace

std::vector<TextPart> split_mentions(std::string_view text) {
    std::vector<TextPart> parts;
    std::string plain;
    const auto end_plain = [&] {
        if (!plain.empty()) {
            parts.emplace_back(std::move(plain));
            plain.clear();
        }
    };
    const auto add = [&](Mention mention) {
        end_plain();
        parts.emplace_back(std::move(mention));
    };
    bool begins_word = true;
    for (std::size_t at = 0; at < text.size();) {
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        const std::string_view name = text[at] == '@' ? name_at(text, at + 1) : std::string_view();
        if (text[at] == '\\' && next == '@') {
            plain += '@';
            at += 2;
            begins_word = true;
        } else if (text[at] == '@' && next == '{') {
            Mention mention = braced_mention(text, at);
            at = mention.where.end;
            add(std::move(mention));
            begins_word = false;
        } else if (!name.empty()) {
            const std::size_t end = at + 1 + name.size();
            add({std::string(name),
                 {at, end},
                 begins_word ? Mention::Form::bare : Mention::Form::within_word});
            at = end;
            begins_word = false;
        } else {
            plain += text[at];
            begins_word = begins_word_behind(text[at]);
            ++at;
        }
    }
    end_plain();
    return parts;
}

std::string resolve_references(const Value& string, std::vector<std::size_t>& mentioned,
                               const Reading& reading) {
    const std::string& text = *string.as<std::string>();
    if (text.find('@') == std::string::npos) {
        return text;
    }
    Resolution resolution(string, mentioned, reading);
    std::string result;
    for (const TextPart& part : split_mentions(text)) {
        if (const auto* mention = std::get_if<Mention>(&part)) {
            resolution.check(*mention);
            result += mention->name;  // which is the alias, of a container as of an instance
        } else {
            result += std::get<std::string>(part);
        }
    }
    return result;
}

}  // namespace appliance
