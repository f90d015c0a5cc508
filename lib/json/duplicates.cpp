#include "json/duplicates.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "diagnostics/wording.hpp"

namespace json {
namespace {

// Most objects have a few keys: comparing each with each is quickest then.
bool are_few_and_different(const Object& members) {
    constexpr std::size_t few = 16;
    if (members.size() > few) {
        return false;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (members[i].key == members[j].key) {
                return false;
            }
        }
    }
    return true;
}

// Of each member: where its key stood first. By sorting, so that no choice of keys makes it slow.
std::vector<std::size_t> first_places(const Object& members) {
    std::vector<std::size_t> by_key(members.size());
    for (std::size_t i = 0; i < by_key.size(); ++i) {
        by_key[i] = i;
    }
    std::stable_sort(by_key.begin(), by_key.end(),
                     [&](std::size_t a, std::size_t b) { return members[a].key < members[b].key; });
    std::vector<std::size_t> first(members.size());
    for (std::size_t i = 0; i < by_key.size(); ++i) {
        const bool repeats = i > 0 && members[by_key[i]].key == members[by_key[i - 1]].key;
        first[by_key[i]] = repeats ? first[by_key[i - 1]] : by_key[i];
    }
    return first;
}

}  // namespace

void remove_duplicates(Object& members, const diagnostics::Source& source,
                       diagnostics::Problems& problems) {
    if (are_few_and_different(members)) {
        return;
    }
    const std::vector<std::size_t> first = first_places(members);
    Object kept;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (first[i] == i) {
            kept.push_back(std::move(members[i]));
        } else if (!problems.full()) {
            problems.error(
                fmt::format("{} is given twice", diagnostics::in_backticks(members[i].key)),
                members[i].key_span,
                fmt::format("keep this one or the one in line {}",
                            source.line_number(members[first[i]].key_span.begin)));
        }
    }
    members = std::move(kept);
}

}  // namespace json
