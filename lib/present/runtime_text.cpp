#include "present/runtime_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.hpp"
#include "present/cells.hpp"
#include "present/engine_advice.hpp"

namespace present {
namespace {

// Each stands before the words of the next one.
constexpr std::array<std::string_view, 12> relays{
    "failed to create task for container: ",
    "failed to create shim task: ",
    "failed to create shim: ",
    "OCI runtime create failed: ",
    "runc create failed: ",
    "runc run failed: ",
    "unable to start container process: ",
    "starting container process caused: ",
    "error during container init: ",
    "container init caused: ",
    "failed to set up container networking: ",
    "Error starting userland proxy: ",
};
// These go on with a name or a number, up to the next colon.
constexpr std::array<std::string_view, 4> longer_relays{
    "container_linux.go:",
    "process_linux.go:",
    "rootfs_linux.go:",
    "driver failed programming external connectivity on endpoint ",
};
constexpr std::string_view end_of_relay = ": ";
constexpr std::string_view unknown_error = ": unknown";

// How long the relay is that the message begins with; 0: none.
std::size_t relay_length(std::string_view message) {
    for (const std::string_view relay : relays) {
        if (message.starts_with(relay)) {
            return relay.size();
        }
    }
    for (const std::string_view relay : longer_relays) {
        const std::size_t end = message.find(end_of_relay, relay.size());
        if (message.starts_with(relay) && end != std::string_view::npos) {
            return end + end_of_relay.size();
        }
    }
    return 0;
}

// Where the words of the engine begin in a reason: at a relay.
std::size_t engine_words_in(std::string_view reason) {
    for (std::size_t at = 0; at < reason.size(); ++at) {
        const bool begins_word = at == 0 || reason[at - 1] == ' ';
        if (begins_word && relay_length(reason.substr(at)) > 0) {
            return at;
        }
    }
    return reason.size();
}

}  // namespace

std::string shortened(std::string_view engine_message) {
    constexpr std::size_t most = 200;
    while (const std::size_t length = relay_length(engine_message)) {
        engine_message.remove_prefix(length);
    }
    if (engine_message.ends_with(unknown_error)) {
        engine_message.remove_suffix(unknown_error.size());
    }
    return fit(printable(engine_message), most);
}

std::string plain_reason(const std::string& reason) {
    const std::size_t at = engine_words_in(reason);
    if (at == reason.size()) {
        return reason;
    }
    const std::string_view words = std::string_view(reason).substr(at);
    const auto advice = advice_on(words);
    return reason.substr(0, at) + (advice ? advice->meaning : shortened(words));
}

}  // namespace present
