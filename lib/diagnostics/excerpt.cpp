#include "diagnostics/excerpt.hpp"

#include <algorithm>

#include "base/display_width.hpp"
#include "base/printable.hpp"

namespace diagnostics {
namespace {

std::size_t cells(std::string_view line, std::size_t begin, std::size_t end) {
    return base::display_width(base::printable(line.substr(begin, end - begin)));
}

// The end of the longest part from `begin` on that takes at most `available` cells.
std::size_t end_within(std::string_view line, std::size_t begin, std::size_t available) {
    std::size_t width = 0;
    std::size_t at = begin;
    while (at < line.size()) {
        const std::size_t next = at + base::cluster_length(line, at);
        width += cells(line, at, next);
        if (width > available) {
            break;
        }
        at = next;
    }
    return at;
}

// The beginning of the longest part up to `end` that takes at most `available` cells.
std::size_t begin_within(std::string_view line, std::size_t end, std::size_t available) {
    std::size_t width = 0;
    std::size_t at = end;
    while (at > 0) {
        const std::size_t previous = base::previous_cluster(line, at);
        width += cells(line, previous, at);
        if (width > available) {
            break;
        }
        at = previous;
    }
    return at;
}

// What is shown, as a range of the line.
Marked shown(std::string_view line, Marked place, std::size_t room) {
    const std::size_t end = end_within(line, 0, room);
    if (end == line.size()) {
        return {0, end};
    }
    const std::size_t begin = begin_within(line, place.begin, room * 2 / 5);
    return {begin, end_within(line, begin, room)};
}

}  // namespace

Excerpt excerpt(std::string_view line, Marked place, std::size_t room, Marks marks) {
    place.begin = std::min(place.begin, line.size());
    place.end = std::clamp(place.end, place.begin, line.size());
    const Marked part = shown(line, place, room);
    const auto visible = [&](std::size_t begin, std::size_t end) {
        return base::printable(line.substr(begin, end - begin));
    };
    const std::string_view cut_before = part.begin > 0 ? ellipsis(marks) : "";
    const std::string_view cut_after = part.end < line.size() ? ellipsis(marks) : "";

    const std::string before = std::string(cut_before) + visible(part.begin, place.begin);
    const std::string marked =
        visible(place.begin, std::max(place.begin, std::min(place.end, part.end)));
    Excerpt result;
    result.text = std::string(cut_before) + visible(part.begin, part.end) + std::string(cut_after);
    result.carets = std::string(base::display_width(before), ' ') +
                    std::string(std::max<std::size_t>(1, base::display_width(marked)), '^');
    return result;
}

}  // namespace diagnostics
