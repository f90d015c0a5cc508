#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "present/frame.hpp"

namespace present {

// Lines at the end of a terminal's output that are drawn again in place. The cursor rests at the
// beginning of the line below them and is never hidden, so the terminal is whole whenever the
// process ends. Gives what to write.
class LiveBlock {
public:
    [[nodiscard]] std::string draw(const std::vector<ScreenLine>& lines, std::size_t columns);
    // Takes the block away; what is written next stands where it stood.
    [[nodiscard]] std::string clear(std::size_t columns);
    // Lets it stand where it is: others have written below it.
    void leave() { drawn_.clear(); }

private:
    std::vector<std::size_t> drawn_;  // the width of each line that stands there
};

}  // namespace present
