#pragma once

#include <string>
#include <vector>

namespace plan {

// Why instances of one container are not as they should be, those with the same reason together.
class Reasons {
public:
    void add(int instance, std::string reason);

    // "instances 2 and 3: are not there; instance 4: is paused". Of a container with one instance,
    // the reason alone. Many instances and many reasons are counted, not listed.
    [[nodiscard]] std::string text(int instances) const;

private:
    struct Group {
        std::string reason;
        std::vector<int> instances;
    };
    std::vector<Group> groups_;
};

}  // namespace plan
