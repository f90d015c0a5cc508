#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Just enough of HTTP/1.1 for what an engine says on its socket, and for what is said to it.
namespace support {

// One message (a request or a reply), of which bytes arrive cut anywhere.
class HttpMessage {
public:
    enum class Kind { request, reply };

    explicit HttpMessage(Kind kind) : kind_(kind) {}

    // Takes what belongs to this message; returns how much of `bytes` that was.
    std::size_t take(std::string_view bytes);
    // The connection ended, which is the end of a reply that does not say how long it is.
    void end();

    [[nodiscard]] bool head_complete() const { return stage_ != Stage::head; }
    [[nodiscard]] bool complete() const { return stage_ == Stage::complete; }
    [[nodiscard]] const std::string& head() const { return head_; }
    [[nodiscard]] const std::string& body() const { return body_; }  // without the chunks' frames
    // The words of the first line: `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`.
    [[nodiscard]] std::string word(int index) const;
    [[nodiscard]] int status() const;
    [[nodiscard]] bool closes() const;  // the connection ends with it

private:
    enum class Stage { head, counted, chunk_size, chunk, chunk_end, until_end, complete };

    void begin_body();
    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;

    Kind kind_;
    Stage stage_ = Stage::head;
    std::string head_;
    std::string body_;
    std::string line_;      // of a chunk's size, as far as it came
    std::size_t left_ = 0;  // bytes to come of a counted body or a chunk
    bool lasts_until_end_ = false;
};

}  // namespace support
