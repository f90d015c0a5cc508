#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

// What a program asked of the engine.
namespace bench {

struct RecordedCall {
    std::string method;
    std::string target;  // as it was sent, with the version
    std::string body;
    int status = 0;
    std::string reply;
    bool is_stream = false;  // had not ended when the program did
    // Of all begins and ends of calls in their order; a stream ends with its head.
    std::size_t began = 0;
    std::size_t ended = 0;
    long began_ms = 0;  // since the recording began
    long ended_ms = 0;
};

// Stands between a program and the engine and keeps what goes through.
class Recorder {
public:
    // Listens at `own_path` until it goes.
    Recorder(std::string own_path, std::string engine_path);
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder();

    // In the order in which they began. To be asked when the program has ended.
    [[nodiscard]] std::vector<RecordedCall> calls();

private:
    class Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace bench
