#pragma once

#include <optional>

namespace apply {

// Turns SIGINT and SIGTERM into something an event loop can wait on, for as long as it lives. After
// the first one both act as they always do, so that a second ends the process at once.
class Interrupt {
public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    [[nodiscard]] int descriptor() const { return descriptor_; }  // readable once a signal came
    [[nodiscard]] std::optional<int> signal();                    // the one that came

private:
    int descriptor_ = -1;
    std::optional<int> signal_;
};

}  // namespace apply
