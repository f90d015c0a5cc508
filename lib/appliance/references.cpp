#include "appliance/references.hpp"

#include <fmt/format.h>

#include "appliance/json_string.hpp"
#include "appliance/wording.hpp"
#include "base/ascii.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_dns_label = 63;

// The name that begins at `at`; empty when none does.
std::string_view name_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !base::is_letter_or_digit(text[at])) {
        return {};
    }
    std::size_t end = at;
    while (end < text.size() && (base::is_letter_or_digit(text[end]) || text[end] == '-')) {
        ++end;
    }
    while (text[end - 1] == '-') {
        --end;
    }
    return text.substr(at, end - at);
}

class Resolution {
public:
    Resolution(Span literal, std::vector<std::size_t>& mentioned, const Reading& reading)
        : literal_(literal), mentioned_(mentioned), reading_(reading) {}

    void check(const Mention& mention) {
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

private:
    void report(const Mention& mention, std::string message, std::string hint) {
        reading_.problems.error(std::move(message),
                                source_span(reading_.source.text(), literal_, mention.where),
                                std::move(hint));
    }

    void report_unknown(const Mention& mention) {
        if (reading_.problems.full()) {
            return;
        }
        std::string hint = "a literal @ is written `\\\\@` in JSON";
        if (const auto meant = reading_.names.nearest(mention.name)) {
            hint =
                fmt::format("did you mean `@{}`? A literal @ is written `\\\\@` in JSON", *meant);
        }
        report(mention, fmt::format("no container is called {}", in_backticks(mention.name)),
               std::move(hint));
    }

    void report_too_few(const Mention& mention, const NamedContainer& container) {
        const std::int64_t instances = *container.instances;
        report(mention,
               fmt::format("{} has {} instance{}, so no {}", in_backticks(container.id), instances,
                           instances == 1 ? "" : "s", in_backticks(mention.name)),
               fmt::format("raise its `instances`, or write `@{}` for any of them", container.id));
    }

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
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at, 2) == "\\@") {
            plain += '@';
            ++at;
            continue;
        }
        const std::string_view name = text[at] == '@' ? name_at(text, at + 1) : std::string_view();
        if (name.empty()) {
            plain += text[at];
            continue;
        }
        end_plain();
        parts.emplace_back(Mention{std::string(name), {at, at + 1 + name.size()}});
        at += name.size();
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
    Resolution resolution(string.span, mentioned, reading);
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
