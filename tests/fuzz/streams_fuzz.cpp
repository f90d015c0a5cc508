// Event and pull streams give the same items however they are cut, and nothing after an error.

#include <string>
#include <vector>

#include "engine/api.hpp"
#include "expect.hpp"

namespace {

std::string shown(const engine::Event& event) {
    std::string text = event.type + "\n" + event.action + "\n" + event.id;
    for (const auto& [name, value] : event.attributes) {
        text += "\n" + name + "=" + value;
    }
    return text;
}

std::string shown(const engine::PullProgress& progress) {
    return progress.id + "\n" + progress.status;
}

template <class T>
std::vector<std::string> read(engine::StreamCall<T> call, std::string_view bytes,
                              std::size_t piece) {
    std::vector<std::string> items;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        for (const engine::Result<T>& item : call.decode(bytes.substr(at, piece))) {
            if (!item) {
                items.push_back("error");
                return items;
            }
            items.push_back(shown(*item));
        }
    }
    return items;
}

}  // namespace

// The first byte says how large the pieces are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = fuzz::text_of(data + 1, size - 1);
    const std::size_t piece = 1 + data[0] % 32u;
    const auto events = [] { return engine::api::container_events({}, {}); };
    const auto pull = [] { return engine::api::pull_image("a"); };
    fuzz::expect(read(events(), bytes, piece) == read(events(), bytes, size),
                 "events are the same however they are cut");
    fuzz::expect(read(pull(), bytes, piece) == read(pull(), bytes, size),
                 "a pull's progress is the same however it is cut");
    return 0;
}
