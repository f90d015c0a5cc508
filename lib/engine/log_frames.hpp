#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace engine {

// Takes the frames off a container's log, which arrives cut anywhere. A frame is a byte that names
// the stream, three zeros, the length (32 bits, big-endian) and as many bytes. A container with a
// terminal has no frames; engines before API 1.42 do not say which it is, so the first eight bytes
// decide.
class LogFrames {
public:
    enum class Shape { unknown, framed, raw };

    // Unknown unless the reply's Content-Type says it.
    explicit LogFrames(Shape shape) : shape_(shape) {}

    // The text in `bytes`, of both output streams.
    [[nodiscard]] std::string take(std::string_view bytes);
    // The end has come: what was held back while the shape was in doubt.
    [[nodiscard]] std::string finish();

private:
    Shape shape_;
    std::string header_;  // as far as it has come
    std::uint32_t text_left_ =
        0;  // bytes of the current frame; never held, so its size does not matter
};

// The log's shape where `Content-Type` says it. `raw-stream` says nothing: it stands for both
// before 1.42.
[[nodiscard]] LogFrames::Shape log_shape(std::string_view content_type);

}  // namespace engine
