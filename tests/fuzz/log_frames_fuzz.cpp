// A log reads the same however it is cut.

#include <string>

#include "engine/log_frames.hpp"
#include "expect.hpp"

namespace {

using Shape = engine::LogFrames::Shape;

std::string read(Shape shape, std::string_view bytes, std::size_t piece) {
    engine::LogFrames frames(shape);
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        text += frames.take(bytes.substr(at, piece));
    }
    return text + frames.finish();
}

}  // namespace

// The first byte says how large the pieces are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = fuzz::text_of(data + 1, size - 1);
    for (const Shape shape : {Shape::unknown, Shape::framed, Shape::raw}) {
        const std::string whole = read(shape, bytes, bytes.size() + 1);
        fuzz::expect(whole.size() <= bytes.size(), "a log is no longer than its frames");
        fuzz::expect(read(shape, bytes, 1 + data[0] % 32u) == whole,
                     "a log reads the same however it is cut");
    }
    return 0;
}
