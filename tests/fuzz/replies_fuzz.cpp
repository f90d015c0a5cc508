// Replies of an engine that means no good: every one is a value or an error, and an error's words
// can be shown.

#include <array>
#include <string>
#include <variant>

#include "engine/api.hpp"
#include "expect.hpp"

namespace {

bool can_be_shown(const std::string& text) {
    for (const char byte : text) {
        if ((byte >= 0 && byte < ' ') || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

template <class T>
void decode(const engine::Call<T>& call, const http::Response& reply) {
    const engine::Result<T> result = call.decode(reply);
    if (result) {
        return;
    }
    if (const auto* refused = std::get_if<engine::Refused>(&result.error())) {
        fuzz::expect(!refused->message.empty(), "a refusal says something");
        fuzz::expect(can_be_shown(refused->message), "a refusal can be shown");
    } else if (const auto* malformed = std::get_if<engine::Malformed>(&result.error())) {
        fuzz::expect(can_be_shown(malformed->detail), "what is malformed can be shown");
    }
}

const std::string id(64, 'a');

void decode_as(unsigned which, const http::Response& reply) {
    namespace api = engine::api;
    switch (which % 12) {
        case 0: return decode(api::list_containers({}), reply);
        case 1: return decode(api::inspect_container(id), reply);
        case 2: return decode(api::create_container({}), reply);
        case 3: return decode(api::start_container(id), reply);
        case 4: return decode(api::remove_container(id), reply);
        case 5: return decode(api::list_networks({}), reply);
        case 6: return decode(api::create_network({}), reply);
        case 7: return decode(api::list_volumes({}), reply);
        case 8: return decode(api::create_volume({}), reply);
        case 9: return decode(api::inspect_image("a"), reply);
        case 10: return decode(api::system_info(), reply);
        default: return decode(api::last_log_lines(id, 20), reply);
    }
}

constexpr std::array statuses = {200, 201, 204, 301, 304, 400, 403, 404, 409, 500, 503, 0};

}  // namespace

// The first byte says of which call, the second with which status; the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    http::Response reply;
    reply.status = statuses[data[1] % statuses.size()];
    reply.body = fuzz::text_of(data + 2, size - 2);
    decode_as(data[0], reply);
    return 0;
}
