#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/reactor.hpp"

namespace base {

// Messages to a terminal, a pipe or a file that other programs share. Nobody who reads slowly, or
// not at all, holds up the writer: what is not taken at once is kept, and sent in its order when it
// can be. Of a reader who has gone away nothing more is said.
class Output {
public:
    // What is kept for a reader at most.
    static constexpr std::size_t most_kept = 1U << 20U;

    // The descriptor stays the caller's and must outlive this.
    explicit Output(int descriptor) : shared_(descriptor) {}

    // From now on what is kept is sent while the reactor, which must outlive this, waits.
    void send_while_waiting(Reactor& reactor);

    // Whole lines, or what is drawn on a terminal. Where too much is kept already the text is left
    // out, and a line in its place says how many lines were.
    void write(std::string_view text);

    [[nodiscard]] bool wants_to_write() const { return !kept_.empty(); }
    [[nodiscard]] int descriptor() const { return own_ ? own_.get() : shared_; }  // to wait on
    // Sends what is taken without waiting.
    void send_some();

    // Waits until all is sent, as `write_all` does.
    void finish();

private:
    // plain: a file or a device that takes everything. own: a description of its own that does not
    // block. socket: a call that does not block. careful: only as much as there is room for.
    enum class Way { unknown, plain, own, socket, careful };

    void find_way();
    [[nodiscard]] long send(std::string_view text) const;
    void keep_note_of_what_is_left_out();
    void give_up();
    void watch_while_kept();

    int shared_;
    Descriptor own_;
    Way way_ = Way::unknown;
    std::string kept_;
    std::size_t lines_left_out_ = 0;
    bool reader_is_gone_ = false;
    Reactor* reactor_ = nullptr;
    std::optional<Reactor::Watch> watch_;
};

// Writes all of it, however long the reader takes. A signal that ends the process does so
// meanwhile, even one that is blocked. 0, or the errno of what went wrong.
[[nodiscard]] int write_all(int descriptor, std::string_view text);

}  // namespace base
