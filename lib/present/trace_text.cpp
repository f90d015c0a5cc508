#include "present/trace_text.hpp"

#include <fmt/format.h>

#include "present/cells.hpp"

namespace present {

std::string to_text(const engine::Trace& trace) {
    const double milliseconds = std::chrono::duration<double, std::milli>(trace.took).count();
    return fmt::format("{} {} {} {} ms\n", printable(trace.method), printable(trace.target),
                       trace.status == 0 ? "no reply" : std::to_string(trace.status),
                       milliseconds < 10 ? fmt::format("{:.1f}", milliseconds)
                                         : fmt::format("{:.0f}", milliseconds));
}

}  // namespace present
