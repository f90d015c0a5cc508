#include "engine/age.hpp"

#include <algorithm>
#include <ctime>

namespace engine {
namespace {

// The time as seconds since 1970. `format` is strptime's; what follows it is left alone.
std::optional<std::time_t> read_time(const std::string& text, const char* format) {
    std::tm time{};
    if (strptime(text.c_str(), format, &time) == nullptr) {
        return std::nullopt;
    }
    return timegm(&time);
}

}  // namespace

// The names of days and months are those of the C locale, in which this process stays.
std::optional<std::int64_t> read_date(std::string_view date) {
    return read_time(std::string(date), "%a, %d %b %Y %H:%M:%S GMT");
}

std::optional<std::chrono::seconds> age_of(const std::string& started_at, std::string_view now) {
    const auto started = read_time(started_at, "%Y-%m-%dT%H:%M:%S");
    const auto told = read_date(now);
    if (!started || !told || *started < 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(std::max<std::time_t>(*told - *started, 0));
}

}  // namespace engine
