#include "apply/translate.hpp"
#include "catch.hpp"

using apply::address_of;
using plan::Slot;

TEST_CASE("slots are the upper half of a subnet, in order") {
    CHECK(address_of(Slot{0}, "172.18.0.0/16") == "172.18.128.0");
    CHECK(address_of(Slot{256}, "172.18.0.0/16") == "172.18.129.0");
    CHECK(address_of(Slot{3}, "192.168.16.0/20") == "192.168.24.3");
    CHECK(address_of(Slot{0}, "10.0.0.0/8") == "10.128.0.0");
}

TEST_CASE("a slot beyond the subnet, or its broadcast address, is none") {
    CHECK(address_of(Slot{6}, "10.1.2.0/28") == "10.1.2.14");
    CHECK(address_of(Slot{7}, "10.1.2.0/28") == std::nullopt);
    CHECK(address_of(Slot{0}, "10.1.2.0/30") == "10.1.2.2");
    CHECK(address_of(Slot{1}, "10.1.2.0/30") == std::nullopt);
}

TEST_CASE("what is no subnet has no slots") {
    for (const char* text :
         {"", "172.18.0.0", "172.18.0.0/", "172.18.0.0/31", "fd00::/64", "x/16"}) {
        CAPTURE(text);
        CHECK(address_of(Slot{0}, text) == std::nullopt);
    }
}

TEST_CASE("what an image declares as a volume is mounted where the engine would") {
    using apply::mount_target;
    CHECK(mount_target("/data") == "/data");
    CHECK(mount_target("/var/lib/data/") == "/var/lib/data");
    CHECK(mount_target("data") == "/data");
    CHECK(mount_target("//data/./x/../y//") == "/data/y");
    CHECK(mount_target("/../data") == "/data");
    CHECK(mount_target("/").empty());
    CHECK(mount_target("").empty());
    CHECK(mount_target("/data/..").empty());
}
