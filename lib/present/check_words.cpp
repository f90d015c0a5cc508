#include "present/check_words.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "base/printable.hpp"
#include "present/log_lines.hpp"
#include "present/words.hpp"

namespace present {
namespace {

constexpr std::size_t most_output_lines = 20;

std::string address(const http::ProbeTarget& target) {
    const bool is_ipv6 = target.host.find(':') != std::string::npos;
    return is_ipv6 ? fmt::format("[{}]:{}", target.host, target.port)
                   : fmt::format("{}:{}", target.host, target.port);
}

std::string asked_of(const http::ProbeTarget& target) {
    switch (target.kind) {
        case http::ProbeTarget::Kind::tcp: return "TCP connection to " + address(target);
        case http::ProbeTarget::Kind::http:
            return fmt::format("GET http://{}{}", address(target), target.path);
        case http::ProbeTarget::Kind::https:
            return fmt::format("GET https://{}{}", address(target), target.path);
    }
    return "";
}

std::string_view kind_of(const apply::PendingCheck& check) {
    return std::visit(base::Overload{
                          [](const std::string&) { return std::string_view("command"); },
                          [](const http::ProbeTarget& target) {
                              switch (target.kind) {
                                  case http::ProbeTarget::Kind::tcp: return std::string_view("TCP");
                                  case http::ProbeTarget::Kind::http:
                                      return std::string_view("HTTP");
                                  case http::ProbeTarget::Kind::https:
                                      return std::string_view("HTTPS");
                              }
                              return std::string_view();
                          },
                      },
                      check.asked);
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (const auto line = text.substr(0, end); !line.empty()) {
            lines.push_back(line);
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace

std::string asked(const apply::PendingCheck& check) {
    return std::visit(base::Overload{
                          [](const std::string& line) { return fmt::format("`{}`", line); },
                          [](const http::ProbeTarget& target) { return asked_of(target); },
                      },
                      check.asked);
}

std::string waiting_for_check(const apply::PendingCheck& check) {
    const auto lines = lines_of(check.answer);
    return lines.empty() ? fmt::format("waiting for its {} check", kind_of(check))
                         : fmt::format("waiting for its {} check ({})", kind_of(check),
                                       base::printable(plain_log_line(lines.back())));
}

std::vector<std::string> check_details(const apply::PendingCheck& check) {
    const auto lines = lines_of(check.answer);
    const bool is_command = std::holds_alternative<std::string>(check.asked);
    if (!is_command || lines.empty()) {
        return {fmt::format("its check: {}: {}", asked(check),
                            lines.empty() ? "no answer yet" : lines.front())};
    }
    std::vector<std::string> details = {fmt::format("its check: {}", asked(check))};
    const std::size_t left_out = lines.size() - std::min(lines.size(), most_output_lines);
    if (left_out > 0) {
        details.push_back(fmt::format("| ({} before these {} left out)", count(left_out, "line"),
                                      left_out == 1 ? "is" : "are"));
    }
    for (const std::string_view line : std::span(lines).subspan(left_out)) {
        details.push_back("| " + shown_log_line(line));
    }
    return details;
}

}  // namespace present
