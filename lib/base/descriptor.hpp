#pragma once

#include <unistd.h>
#include <utility>

namespace base {

// Owns an open file, and closes it when it goes.
class Descriptor {
public:
    Descriptor() = default;                                           // owns none
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}  // negative: none
    Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            descriptor_ = std::exchange(other.descriptor_, -1);
        }
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

    void reset() {
        if (const int closed = std::exchange(descriptor_, -1); closed >= 0) {
            ::close(closed);
        }
    }

private:
    int descriptor_ = -1;
};

}  // namespace base
