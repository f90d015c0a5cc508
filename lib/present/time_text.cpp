#include "present/time_text.hpp"

#include <fmt/format.h>

namespace present {
namespace {

using Seconds = std::chrono::duration<double>;

std::string minutes(std::chrono::microseconds time) {
    const auto whole = std::chrono::round<std::chrono::seconds>(time).count();
    return fmt::format("{} min {} s", whole / 60, whole % 60);
}

}  // namespace

std::string precise(std::chrono::microseconds time) {
    const double seconds = Seconds(time).count();
    return seconds < 9.995 ? fmt::format("{:.2f} s", seconds) : rough(time);
}

std::string rough(std::chrono::microseconds time) {
    const double seconds = Seconds(time).count();
    return seconds < 99.95 ? fmt::format("{:.1f} s", seconds) : minutes(time);
}

std::string limit(std::chrono::milliseconds time) {
    if (time < std::chrono::seconds(1)) {
        return fmt::format("{} ms", time.count());
    }
    return fmt::format("{} s", Seconds(time).count());
}

}  // namespace present
