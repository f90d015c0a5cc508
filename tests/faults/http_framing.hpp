#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace faults {

// Follows one direction of an HTTP/1.1 connection and says where its messages begin and end. Keeps
// the head alone.
class HttpFraming {
public:
    enum class Side { requests, replies };
    explicit HttpFraming(Side side) : side_(side) {}

    struct Taken {
        std::size_t bytes = 0;  // how many of those given
        bool head_ended = false;
        bool message_ended = false;
    };
    // Takes bytes as far as the end of the head or of the message, whichever comes first.
    [[nodiscard]] Taken take(std::string_view bytes);

    // Of the message that is under way or has just ended.
    [[nodiscard]] const std::string& head() const { return head_; }
    [[nodiscard]] std::string word(int index) const;  // of its first line, from 0
    [[nodiscard]] bool within_message() const { return place_ != Place::before; }
    [[nodiscard]] bool within_head() const { return place_ == Place::head; }

private:
    enum class Place { before, head, counted, chunk_size, chunk, trailer, until_closed };

    [[nodiscard]] Taken take_head(std::string_view bytes);
    [[nodiscard]] Taken take_counted(std::string_view bytes);
    [[nodiscard]] Taken take_line(std::string_view bytes);
    [[nodiscard]] Place place_after_head();
    [[nodiscard]] std::string header(std::string_view name) const;  // in lower case

    Side side_;
    Place place_ = Place::before;
    std::string head_;
    std::string line_;      // of a chunk's size or a trailer, as far as it has come
    std::size_t left_ = 0;  // bytes of the body, or of the chunk and its line end
};

}  // namespace faults
