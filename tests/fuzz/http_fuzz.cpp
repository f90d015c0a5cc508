// What an engine sends on its socket, cut in two ways: it says the same both times.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "expect.hpp"
#include "http/reply_parser.hpp"

namespace {

using http::ReplyParser;

constexpr std::size_t max_body = 1000;

bool feed(ReplyParser& parser, std::string_view bytes, std::size_t piece) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        if (parser.feed(bytes.substr(0, piece))) {
            return false;
        }
    }
    return parser.complete() || !parser.feed_end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    ReplyParser whole(max_body);
    ReplyParser in_pieces(max_body);
    const bool good = feed(whole, bytes, bytes.size() + 1);
    fuzz::expect(feed(in_pieces, bytes, 1) == good, "the same verdict however it is cut");
    if (good) {
        fuzz::expect(whole.response().status == in_pieces.response().status, "the same status");
        fuzz::expect(whole.response().headers == in_pieces.response().headers, "the same headers");
        fuzz::expect(whole.response().body == in_pieces.response().body, "the same body");
    }
    fuzz::expect(whole.response().body.size() <= max_body, "no more than the limit");
    return 0;
}
