#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace faults {

// The names of pivot's locks that somebody has on this machine, without the leading zero byte.
[[nodiscard]] std::vector<std::string> lock_names();

// A process of a user without rights on the engine (nobody, 65534). Needs root. Killed when this
// goes.
class Stranger {
public:
    // bind: takes the name and does nothing more. listen: takes connections, too.
    enum class Takes { bind, listen };
    // Returns when the stranger has the name of a lock.
    Stranger(const std::string& name, Takes takes);
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;
    ~Stranger();

    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    pid_t pid_ = -1;
};

// A stranger connects to whoever has the lock, says `message`, and waits until that one hangs up.
void stranger_says(const std::string& name, const std::string& message);

}  // namespace faults
