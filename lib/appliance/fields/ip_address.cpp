#include "appliance/fields/ip_address.hpp"

#include <arpa/inet.h>
#include <array>

namespace appliance {

std::optional<std::string> canonical_ip_address(const std::string& text) {
    if (text.find('\0') != std::string::npos) {
        return std::nullopt;  // the C functions below would not see what follows it
    }
    std::array<char, INET6_ADDRSTRLEN> canonical{};
    for (const int family : {AF_INET, AF_INET6}) {
        in6_addr address{};  // large enough for both families
        if (inet_pton(family, text.c_str(), &address) == 1 &&
            inet_ntop(family, &address, canonical.data(), canonical.size()) != nullptr) {
            return std::string(canonical.data());
        }
    }
    return std::nullopt;
}

}  // namespace appliance
