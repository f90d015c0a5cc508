#include "appliance/fields/image_name.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "appliance/terms.hpp"
#include "base/ascii.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_repository = 255;
constexpr std::size_t longest_tag = 128;

using base::is_digit;
using base::is_lower;
using base::is_upper;

bool is_word(char c) { return base::is_letter_or_digit(c) || c == '_'; }

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

// Lower-case letters and digits, with `.`, `_`, `__` or any number of `-` between them.
bool is_path_component(std::string_view text) {
    const auto letter = [](char c) { return is_lower(c) || is_digit(c); };
    if (text.empty() || !letter(text.front()) || !letter(text.back())) {
        return false;
    }
    for (std::size_t at = 0; at < text.size();) {
        if (letter(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (!letter(text[at])) {
            ++at;
        }
        const std::string_view separator = text.substr(begin, at - begin);
        const bool dashes = all(separator, [](char c) { return c == '-'; });
        if (!dashes && separator != "." && separator != "_" && separator != "__") {
            return false;
        }
    }
    return true;
}

bool is_tag(std::string_view text) {
    return !text.empty() && text.size() <= longest_tag && is_word(text.front()) &&
           all(text, [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

bool is_digest(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return false;
    }
    const std::string_view algorithm = text.substr(0, colon);
    const std::string_view hash = text.substr(colon + 1);
    return all(algorithm, [](char c) { return is_word(c) || c == '+' || c == '.' || c == '-'; }) &&
           all(hash, [](char c) { return base::is_hexadecimal(c); }) &&
           (algorithm == "sha256" ? hash.size() == 64 : hash.size() >= 32);
}

// What stands before the first slash is a registry when it looks like a host, else it is part of
// the repository.
bool is_registry(std::string_view text) {
    return text == "localhost" || text.find_first_of(".:") != std::string_view::npos;
}

bool is_host_and_port(std::string_view text) {
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view host = text.substr(0, colon);
    const std::string_view port = colon == std::string_view::npos ? "0" : text.substr(colon + 1);
    const bool host_is_good =
        bracket != std::string_view::npos
            ? all(host, [](char c) { return is_word(c) || c == ':' || c == '[' || c == ']'; })
            : !host.empty() && host.front() != '-' && host.back() != '-' && all(host, [](char c) {
                  return (is_word(c) && c != '_') || c == '.' || c == '-';
              });
    return host_is_good && !port.empty() && all(port, is_digit);
}

std::optional<ImageNameFault> fault_of_repository(std::string_view name) {
    std::string_view path = name;
    const std::size_t slash = name.find('/');
    if (slash != std::string_view::npos && is_registry(name.substr(0, slash))) {
        if (!is_host_and_port(name.substr(0, slash))) {
            return ImageNameFault{
                fmt::format("{} is no registry", in_backticks(name.substr(0, slash))),
                "write `host/repository` or `host:port/repository`"};
        }
        path = name.substr(slash + 1);
    }
    if (std::any_of(path.begin(), path.end(), is_upper)) {
        return ImageNameFault{fmt::format("{} has upper-case letters", in_backticks(path)),
                              fmt::format("repositories are in lower case: {}",
                                          in_backticks(base::in_lower_case(path)))};
    }
    if (name.size() > longest_repository) {
        return ImageNameFault{
            "this image name is too long",
            fmt::format("the most is {} characters before the tag", longest_repository)};
    }
    const std::string_view whole_path = path;
    while (true) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (!is_path_component(path.substr(0, end))) {
            return ImageNameFault{
                fmt::format("{} is no image name", in_backticks(whole_path)),
                "write `repository:tag` or `host:port/repository:tag`, in a-z, 0-9, `.`, `_`, `-`"};
        }
        if (end == path.size()) {
            return std::nullopt;
        }
        path.remove_prefix(end + 1);
    }
}

}  // namespace

std::optional<ImageNameFault> fault_of_image_name(std::string_view name) {
    if (name.empty()) {
        return ImageNameFault{"`image` is empty", "write `repository` or `repository:tag`"};
    }
    if (name.find_first_of(" \t\r\n") != std::string_view::npos) {
        return ImageNameFault{"an image name has no spaces", "remove them"};
    }
    if (const std::size_t scheme = name.find("://"); scheme != std::string_view::npos) {
        return ImageNameFault{
            "an image name is no URL",
            fmt::format("leave out {}", in_backticks(name.substr(0, scheme + 3)))};
    }
    if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
        const std::string_view digest = name.substr(at + 1);
        if (!is_digest(digest)) {
            return ImageNameFault{fmt::format("{} is no digest", in_backticks(digest)),
                                  "a digest is `sha256:` and 64 hexadecimal digits"};
        }
        name = name.substr(0, at);
    }
    const std::size_t slash = name.rfind('/');
    const std::size_t colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        const std::string_view tag = name.substr(colon + 1);
        if (tag.empty()) {
            return ImageNameFault{"no tag follows the `:`", "write one, or leave out the `:`"};
        }
        if (!is_tag(tag)) {
            return ImageNameFault{fmt::format("{} is no tag", in_backticks(tag)),
                                  "a tag has letters, digits, `.`, `_` and `-`, at most 128"};
        }
        name = name.substr(0, colon);
    }
    return fault_of_repository(name);
}

}  // namespace appliance
