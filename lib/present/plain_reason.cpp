#include "present/plain_reason.hpp"

#include "present/engine_advice.hpp"

namespace present {
namespace {

// Of "instance 2: …" and "instances 2 and 3: …"; 0 of anything else.
std::size_t length_of_prefix(const std::string& reason) {
    if (!reason.starts_with("instance ") && !reason.starts_with("instances ")) {
        return 0;
    }
    const std::size_t colon = reason.find(": ");
    return colon == std::string::npos ? 0 : colon + 2;
}

// What a program or a check printed is not the engine's: it may say anything.
bool may_be_the_engines(const std::string& reason) {
    return reason.find("its check: ") == std::string::npos &&
           reason.find("unhealthy: ") == std::string::npos;
}

}  // namespace

std::string plain_reason(const std::string& reason) {
    const std::size_t prefix = length_of_prefix(reason);
    const auto advice = advice_on(reason.substr(prefix));
    return advice && may_be_the_engines(reason) ? reason.substr(0, prefix) + advice->meaning
                                                : reason;
}

}  // namespace present
