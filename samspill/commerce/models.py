from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit import crypto


class Product(models.Model):
    """A thing the company sells."""

    sku = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    prices = models.JSONField(default=dict)  # {"NO": "1890.00", …}
    about = models.JSONField(default=dict)  # {language: sentence}

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """The product's own view of an order; another shop's orders come through commerce.sources."""

    class Status(models.TextChoices):
        PLACED = "placed", _("Placed")
        PACKED = "packed", _("Packed")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")

    number = models.CharField(max_length=40, unique=True)
    email_hash = models.CharField(max_length=64, db_index=True)
    email_sealed = models.TextField()
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status.choices)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def email(self) -> str:
        """The address the order was placed with."""
        return crypto.unseal(self.email_sealed)


class OrderLine(models.Model):
    """One product in an order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    sku = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2)


class Shipment(models.Model):
    """A parcel or pallet of an order on its way."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="shipments")
    carrier = models.CharField(max_length=60)
    tracking = models.CharField(max_length=80)
    url = models.URLField(blank=True)
    status = models.CharField(max_length=20)
    shipped_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)


class Return(models.Model):
    """An item the customer sends back. Registering the same line twice gives the same return."""

    number = models.CharField(max_length=20, unique=True)
    order_number = models.CharField(max_length=40)
    sku = models.CharField(max_length=40)
    reason = models.CharField(max_length=30)
    key = models.CharField(max_length=80, unique=True)  # the acting step's key: what makes a retry harmless
    contact = models.ForeignKey("samspill.Contact", null=True, on_delete=models.SET_NULL)
    identity = models.ForeignKey("samspill.Identity", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order_number", "sku"], name="one_return_per_line")]

    def __str__(self) -> str:
        return self.number


class OrderSettings(models.Model):
    """Where orders are read from. There is one row at most; without it the own tables serve."""

    source = models.CharField(max_length=20, default="own")
    settings = models.JSONField(default=dict)
    key_sealed = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_order_settings")]
