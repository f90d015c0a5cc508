#include "diagnostics/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "base/ascii.hpp"

namespace diagnostics {
namespace {

bool same_letter(char a, char b) { return base::in_lower_case(a) == base::in_lower_case(b); }

// One slip in a short word, one more for each three letters.
std::size_t tolerance(std::string_view word) { return std::max<std::size_t>(1, word.size() / 3); }

std::size_t difference(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

// Three rows of the table of distances between prefixes ("optimal string alignment").
struct Rows {
    std::vector<std::size_t> before;
    std::vector<std::size_t> last;
    std::vector<std::size_t> row;
};

// The distance, or some number that is no less than `limit` when it is not below it. The rows are
// room to work in.
std::size_t distance_below(std::size_t limit, std::string_view from, std::string_view to,
                           Rows& rows) {
    auto& [before, last, row] = rows;
    before.resize(to.size() + 1);
    last.resize(to.size() + 1);
    row.resize(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::swap(before, last);
        std::swap(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t change = same_letter(from[i - 1], to[j - 1]) ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && same_letter(from[i - 1], to[j - 2]) &&
                                 same_letter(from[i - 2], to[j - 1]);
            if (swapped) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        // A swap reaches back two rows, so both have to be beyond the limit.
        const auto beyond = [&](const auto& distances) {
            return *std::min_element(distances.begin(), distances.end()) >= limit;
        };
        if (beyond(row) && beyond(last)) {
            return limit;
        }
    }
    return row[to.size()];
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
    Rows rows;
    return distance_below(std::numeric_limits<std::size_t>::max(), from, to, rows);
}

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
    Rows rows;
    std::optional<std::string_view> best;
    std::size_t least = tolerance(word) + 1;
    for (const std::string_view candidate : candidates) {
        if (difference(word.size(), candidate.size()) >= least) {
            continue;  // too far already: this also keeps a hostile word of megabytes cheap
        }
        const std::size_t distance = distance_below(least, word, candidate, rows);
        // Every letter changed is another word, however short it is.
        if (distance < least && distance < std::max(word.size(), candidate.size())) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace diagnostics
