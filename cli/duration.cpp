#include "cli/duration.hpp"

#include <charconv>
#include <cmath>

#include "base/ascii.hpp"

namespace cli {
namespace {

constexpr double longest = 365.0 * 24 * 3600 * 1000;  // milliseconds

// Milliseconds in a unit; none where it is no unit.
std::optional<double> unit(std::string_view name) {
    if (name == "ms") return 1;
    if (name == "s") return 1000;
    if (name == "m") return 60.0 * 1000;
    if (name == "h") return 3600.0 * 1000;
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    double total = 0;
    double last_unit = longest;
    bool first = true;
    do {
        double number = 0;
        const char* end = text.data() + text.size();
        const auto [rest, error] =
            std::from_chars(text.data(), end, number, std::chars_format::fixed);
        if (error != std::errc() || !(number >= 0) || std::isinf(number)) {
            return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
        std::size_t letters = 0;
        while (letters < text.size() && base::is_letter(text[letters])) {
            ++letters;
        }
        const bool plain_number = first && text.empty();
        const auto factor = unit(plain_number ? "s" : text.substr(0, letters));
        if (!factor || *factor >= last_unit) {  // 30m1h is more likely a slip than meant
            return std::nullopt;
        }
        text.remove_prefix(letters);
        total += number * *factor;
        last_unit = *factor;
        first = false;
    } while (!text.empty());
    if (total > longest) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(std::llround(total));
}

}  // namespace cli
