#include "bench/call_kind.hpp"

#include <utility>

namespace bench {

std::vector<std::string> segments(const std::string& target) {
    std::vector<std::string> result;
    std::string segment;
    const std::string path = target.substr(0, target.find('?'));
    for (const char c : path + "/") {
        if (c != '/') {
            segment += c;
        } else if (!segment.empty()) {
            result.push_back(std::exchange(segment, ""));
        }
    }
    if (!result.empty() && result.front().starts_with("v1.")) {
        result.erase(result.begin());
    }
    return result;
}

CallKind kind_of(const RecordedCall& call) {
    const auto path = segments(call.target);
    const std::string& first = path.front();
    const std::string& last = path.back();
    if (call.method == "GET") {
        return first == "events" ? CallKind::events : CallKind::read;
    }
    if (call.method == "DELETE") {
        return first == "containers" ? CallKind::remove
               : first == "networks" ? CallKind::remove_network
                                     : CallKind::remove_volume;
    }
    if (last == "create") {
        return first == "containers" ? CallKind::create
               : first == "networks" ? CallKind::create_network
                                     : CallKind::write_record;
    }
    if (first == "containers") {
        return last == "start"    ? CallKind::start
               : last == "stop"   ? CallKind::stop
               : last == "update" ? CallKind::update
                                  : CallKind::other;
    }
    return CallKind::other;
}

}  // namespace bench
